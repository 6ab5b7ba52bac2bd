// Small comforts. Every page works without them.
(() => {
  "use strict";

  const COPIED_MS = 2000;

  // Copy buttons are hidden in the page and shown here: without script they could do nothing.
  const showCopyButtons = (root) => {
    if (!navigator.clipboard) return;
    root.querySelectorAll("[data-copy][hidden]").forEach((button) => { button.hidden = false; });
  };

  const copyText = async (button) => {
    const word = button.querySelector("[data-word]") || button;
    const before = word.textContent;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      word.textContent = button.dataset.copied || "Copied";
    } catch {
      word.textContent = button.dataset.failed || "Not copied";
    }
    setTimeout(() => { word.textContent = before; }, COPIED_MS);
  };

  // A form with data-confirm asks first, in a dialog; the answer sends the form with the button that was pressed.
  const buildDialog = (form) => {
    const dialog = document.createElement("dialog");
    dialog.className = "hs-dialog";
    dialog.setAttribute("aria-labelledby", "hs-dialog-text");
    const text = document.createElement("p");
    text.id = "hs-dialog-text";
    text.textContent = form.dataset.confirm;
    const row = document.createElement("form");
    row.method = "dialog";
    row.className = "usa-button-group";
    const addButton = (word, value, kind) => {
      const button = document.createElement("button");
      button.className = `usa-button ${kind}`.trim();
      button.value = value;
      button.textContent = word;
      row.append(button);
    };
    addButton(form.dataset.confirmWord || "Go on", "yes", "");
    addButton(form.dataset.cancelWord || "Cancel", "", "usa-button--outline");
    dialog.append(text, row);
    return dialog;
  };

  const askFirst = (form, submitter) => {
    const dialog = buildDialog(form);
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (dialog.returnValue !== "yes") return;
      form.dataset.confirmed = "yes";
      form.requestSubmit(submitter);
    });
    document.body.append(dialog);
    dialog.showModal();
  };

  const onSubmit = (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === "dialog") return;
    if (form.dataset.confirm && form.dataset.confirmed !== "yes") {
      event.preventDefault();
      askFirst(form, event.submitter);
      return;
    }
    delete form.dataset.confirmed;
    if (form.method !== "post" || form.dataset.many === "yes") return;
    if (form.dataset.sent === "yes") {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    // After the browser has read the form: a disabled button would not be sent with it.
    setTimeout(() => {
      form.querySelectorAll("button:not([type=button])").forEach((button) => button.setAttribute("aria-disabled", "true"));
    });
  };

  // Back brings the page as it was left: its forms may be sent again.
  const onPageShow = () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => {
      delete form.dataset.sent;
      form.querySelectorAll("button[aria-disabled]:not([aria-describedby])").forEach((button) => button.removeAttribute("aria-disabled"));
    });
  };

  const onClick = (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) copyText(button);
    if (event.target.closest("button[aria-disabled=true]")) event.preventDefault();
    document.querySelectorAll("details.hs-menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  };

  const onKey = (event) => {
    if (event.key !== "Escape") return;
    const menu = document.querySelector("details.hs-menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  };

  const onChange = (event) => {
    if (event.target.matches("[data-autosubmit]")) event.target.form.requestSubmit();
  };

  document.addEventListener("submit", onSubmit);
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  document.addEventListener("change", onChange);
  document.addEventListener("htmx:load", (event) => showCopyButtons(event.target));
  window.addEventListener("pageshow", onPageShow);
  showCopyButtons(document);
  // On a phone the tabs scroll: the current one is brought into sight.
  document.querySelectorAll(".hs-tabs [aria-current]").forEach((tab) => {
    tab.parentElement.scrollLeft = tab.offsetLeft - (tab.parentElement.clientWidth - tab.clientWidth) / 2;
  });
  // Once the page has loaded: where its address names a place, as after the skip link, the browser goes there first.
  window.addEventListener("load", () => {
    const problems = document.querySelector("[data-focus]");
    if (problems) problems.focus();
  });
})();
