CREATE TABLE audit (
    seq      INTEGER PRIMARY KEY,
    at       TEXT NOT NULL,
    who      TEXT NOT NULL,
    action   TEXT NOT NULL,
    subject  TEXT NOT NULL,
    input    TEXT,
    content  TEXT,
    output   TEXT,
    previous TEXT NOT NULL,
    hash     TEXT NOT NULL
) STRICT;

CREATE TABLE patients (
    seq  INTEGER PRIMARY KEY REFERENCES audit,
    id   TEXT NOT NULL UNIQUE,
    at   TEXT NOT NULL,
    who  TEXT NOT NULL
) STRICT;

CREATE TABLE records (
    seq     INTEGER PRIMARY KEY REFERENCES audit,
    id      TEXT NOT NULL UNIQUE,
    patient TEXT NOT NULL REFERENCES patients (id),
    at      TEXT NOT NULL,
    who     TEXT NOT NULL,
    media   TEXT NOT NULL,
    body    BLOB NOT NULL
) STRICT;

CREATE TABLE plans (
    seq     INTEGER PRIMARY KEY REFERENCES audit,
    id      TEXT NOT NULL,
    version INTEGER NOT NULL,
    patient TEXT NOT NULL REFERENCES patients (id),
    state   TEXT NOT NULL,
    at      TEXT NOT NULL,
    who     TEXT NOT NULL,
    body    BLOB NOT NULL,
    UNIQUE (id, version)
) STRICT;

CREATE TABLE decisions (
    seq     INTEGER PRIMARY KEY REFERENCES audit,
    id      TEXT NOT NULL UNIQUE,
    plan    TEXT NOT NULL,
    version INTEGER NOT NULL,
    at      TEXT NOT NULL,
    who     TEXT NOT NULL,
    body    BLOB NOT NULL,
    FOREIGN KEY (plan, version) REFERENCES plans (id, version)
) STRICT;

CREATE TABLE notes (
    seq     INTEGER PRIMARY KEY REFERENCES audit,
    id      TEXT NOT NULL UNIQUE,
    plan    TEXT NOT NULL,
    version INTEGER NOT NULL,
    at      TEXT NOT NULL,
    who     TEXT NOT NULL,
    body    BLOB NOT NULL,
    FOREIGN KEY (plan, version) REFERENCES plans (id, version)
) STRICT;

CREATE TABLE signoffs (
    seq     INTEGER PRIMARY KEY REFERENCES audit,
    id      TEXT NOT NULL UNIQUE,
    plan    TEXT NOT NULL,
    version INTEGER NOT NULL,
    at      TEXT NOT NULL,
    who     TEXT NOT NULL,
    body    BLOB NOT NULL,
    FOREIGN KEY (plan, version) REFERENCES plans (id, version)
) STRICT;

CREATE INDEX records_of_patient ON records (patient, seq);
CREATE INDEX plans_of_patient ON plans (patient, seq);
CREATE INDEX decisions_of_plan ON decisions (plan, seq);
CREATE INDEX notes_of_plan ON notes (plan, seq);
CREATE INDEX signoffs_of_plan ON signoffs (plan, seq);

-- Answers already given, so that a request sent twice is done once. Not part of the record: kept for a day.
CREATE TABLE repeats (
    id      TEXT PRIMARY KEY,
    request TEXT NOT NULL,
    at      TEXT NOT NULL,
    status  INTEGER NOT NULL,
    place   TEXT,
    tag     TEXT,
    body    BLOB NOT NULL
) STRICT;

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER patients_no_update BEFORE UPDATE ON patients BEGIN SELECT RAISE(ABORT, 'patients is append-only'); END;
CREATE TRIGGER patients_no_delete BEFORE DELETE ON patients BEGIN SELECT RAISE(ABORT, 'patients is append-only'); END;
CREATE TRIGGER records_no_update BEFORE UPDATE ON records BEGIN SELECT RAISE(ABORT, 'records is append-only'); END;
CREATE TRIGGER records_no_delete BEFORE DELETE ON records BEGIN SELECT RAISE(ABORT, 'records is append-only'); END;
CREATE TRIGGER plans_no_update BEFORE UPDATE ON plans BEGIN SELECT RAISE(ABORT, 'plans is append-only'); END;
CREATE TRIGGER plans_no_delete BEFORE DELETE ON plans BEGIN SELECT RAISE(ABORT, 'plans is append-only'); END;
CREATE TRIGGER decisions_no_update BEFORE UPDATE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions is append-only'); END;
CREATE TRIGGER decisions_no_delete BEFORE DELETE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions is append-only'); END;
CREATE TRIGGER notes_no_update BEFORE UPDATE ON notes BEGIN SELECT RAISE(ABORT, 'notes is append-only'); END;
CREATE TRIGGER notes_no_delete BEFORE DELETE ON notes BEGIN SELECT RAISE(ABORT, 'notes is append-only'); END;
CREATE TRIGGER signoffs_no_update BEFORE UPDATE ON signoffs BEGIN SELECT RAISE(ABORT, 'signoffs is append-only'); END;
CREATE TRIGGER signoffs_no_delete BEFORE DELETE ON signoffs BEGIN SELECT RAISE(ABORT, 'signoffs is append-only'); END;
