CREATE TABLE audit (
    seq      BIGINT PRIMARY KEY,
    at       TEXT COLLATE "C" NOT NULL,
    who      TEXT COLLATE "C" NOT NULL,
    action   TEXT COLLATE "C" NOT NULL,
    subject  TEXT COLLATE "C" NOT NULL,
    input    TEXT COLLATE "C",
    content  TEXT COLLATE "C",
    output   TEXT COLLATE "C",
    previous TEXT COLLATE "C" NOT NULL,
    hash     TEXT COLLATE "C" NOT NULL
);

CREATE TABLE patients (
    seq  BIGINT PRIMARY KEY REFERENCES audit,
    id   TEXT COLLATE "C" NOT NULL UNIQUE,
    at   TEXT COLLATE "C" NOT NULL,
    who  TEXT COLLATE "C" NOT NULL
);

CREATE TABLE records (
    seq     BIGINT PRIMARY KEY REFERENCES audit,
    id      TEXT COLLATE "C" NOT NULL UNIQUE,
    patient TEXT COLLATE "C" NOT NULL REFERENCES patients (id),
    at      TEXT COLLATE "C" NOT NULL,
    who     TEXT COLLATE "C" NOT NULL,
    media   TEXT COLLATE "C" NOT NULL,
    body    BYTEA NOT NULL
);

CREATE TABLE plans (
    seq     BIGINT PRIMARY KEY REFERENCES audit,
    id      TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    patient TEXT COLLATE "C" NOT NULL REFERENCES patients (id),
    state   TEXT COLLATE "C" NOT NULL,
    at      TEXT COLLATE "C" NOT NULL,
    who     TEXT COLLATE "C" NOT NULL,
    body    BYTEA NOT NULL,
    UNIQUE (id, version)
);

CREATE TABLE decisions (
    seq     BIGINT PRIMARY KEY REFERENCES audit,
    id      TEXT COLLATE "C" NOT NULL UNIQUE,
    plan    TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    at      TEXT COLLATE "C" NOT NULL,
    who     TEXT COLLATE "C" NOT NULL,
    body    BYTEA NOT NULL,
    FOREIGN KEY (plan, version) REFERENCES plans (id, version)
);

CREATE TABLE notes (
    seq     BIGINT PRIMARY KEY REFERENCES audit,
    id      TEXT COLLATE "C" NOT NULL UNIQUE,
    plan    TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    at      TEXT COLLATE "C" NOT NULL,
    who     TEXT COLLATE "C" NOT NULL,
    body    BYTEA NOT NULL,
    FOREIGN KEY (plan, version) REFERENCES plans (id, version)
);

CREATE TABLE signoffs (
    seq     BIGINT PRIMARY KEY REFERENCES audit,
    id      TEXT COLLATE "C" NOT NULL UNIQUE,
    plan    TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    at      TEXT COLLATE "C" NOT NULL,
    who     TEXT COLLATE "C" NOT NULL,
    body    BYTEA NOT NULL,
    FOREIGN KEY (plan, version) REFERENCES plans (id, version)
);

CREATE INDEX records_of_patient ON records (patient, seq);
CREATE INDEX plans_of_patient ON plans (patient, seq);
CREATE INDEX decisions_of_plan ON decisions (plan, seq);
CREATE INDEX notes_of_plan ON notes (plan, seq);
CREATE INDEX signoffs_of_plan ON signoffs (plan, seq);

-- Answers already given, so that a request sent twice is done once. Not part of the record: kept for a day.
CREATE TABLE repeats (
    id      TEXT COLLATE "C" PRIMARY KEY,
    request TEXT COLLATE "C" NOT NULL,
    at      TEXT COLLATE "C" NOT NULL,
    status  BIGINT NOT NULL,
    place   TEXT COLLATE "C",
    tag     TEXT COLLATE "C",
    body    BYTEA NOT NULL
);

CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;

CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER patients_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON patients FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER records_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON records FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER plans_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON plans FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER decisions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON decisions FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER notes_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON notes FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER signoffs_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON signoffs FOR EACH STATEMENT EXECUTE FUNCTION append_only();
