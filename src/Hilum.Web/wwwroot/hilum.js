// What the pages do better with scripts: the answer follows as facts are entered. Without them every page works by sending its form.
(() => {
  const form = document.querySelector("form[data-live]");
  if (!form) return;
  let timer, running;

  const swap = (page) => {
    const at = document.activeElement, editing = at && at.closest("[data-swap]");
    for (const next of page.querySelectorAll("[data-swap]")) {
      const now = document.getElementById(next.id);
      if (!now || now.outerHTML === next.outerHTML) continue;
      // what a person is typing in is left alone, unless it is to be asked about
      if (now === editing && now.id.startsWith("field-") && !next.querySelector(".h-error") && !now.querySelector(".h-error")) continue;
      for (const open of now.querySelectorAll("details[id]")) {
        const same = next.querySelector("#" + CSS.escape(open.id));
        if (same) same.open = open.open;
      }
      const marked = [...now.querySelectorAll("input[name=t]:checked")].map((i) => i.value);
      const focus = now === editing && at.id;
      now.replaceWith(next);
      for (const box of next.querySelectorAll("input[name=t]")) box.checked = marked.includes(box.value);
      if (focus) document.getElementById(focus)?.focus();
    }
  };

  const send = async (button) => {
    clearTimeout(timer);
    running?.abort();
    running = new AbortController();
    const data = new FormData(form);
    if (button?.name) data.set(button.name, button.value);
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(data), signal: running.signal, headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!page.getElementById("answer")) { form.submit(); return; }
      swap(page);
      if (button?.name === "go") document.getElementById("answer").focus();
    } catch (fault) {
      if (fault.name !== "AbortError") HTMLFormElement.prototype.submit.call(form);
    }
  };

  form.addEventListener("change", () => { clearTimeout(timer); timer = setTimeout(send, 120); });
  form.addEventListener("submit", (event) => { event.preventDefault(); send(event.submitter); });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-field]");
    if (!link) return;
    const field = document.querySelector(link.getAttribute("href"));
    if (!field) return;
    event.preventDefault();
    for (let at = field.parentElement; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    field.focus();
    field.scrollIntoView({ block: "center" });
  });
})();
