// Sends a file in parts and goes on where it stopped: after a lost connection, a reload, another day.
// The form is sent only once every byte has come; it carries the id of the upload, never the bytes.

const PART_BYTES = 4 * 1024 * 1024;
const HASH_LIMIT_BYTES = 64 * 1024 * 1024; // beyond this the browser would hold too much at once
const WAITS_SECONDS = [1, 2, 5, 10, 20, 30];
const SAY_EVERY_MS = 1000;
const KEPT = "hotspots.uploads";
const UNITS = ["kB", "MB", "GB"];

const sizeText = (bytes) => {
  if (bytes < 1000) return `${bytes} bytes`;
  let size = bytes;
  let unit = "";
  for (unit of UNITS) {
    size /= 1000;
    if (Math.round(size) < 1000) break;
  }
  return `${unit === "GB" ? size.toFixed(1) : Math.round(size)} ${unit}`;
};

const timeText = (seconds) => {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 90) return `${whole} seconds`;
  return `${Math.round(whole / 60)} minutes`;
};

const filled = (template, words) => template.replace(/\{(\w+)\}/g, (all, name) => words[name] ?? all);

// Which upload a file was being sent to; the same name, size and date make it the same file.
const keptUploads = () => {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) || {};
  } catch {
    return {};
  }
};
const keepUpload = (name, id) => {
  const kept = keptUploads();
  if (id) kept[name] = id;
  else delete kept[name];
  try {
    localStorage.setItem(KEPT, JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing begins again after a reload.
  }
};

const hashOf = async (file) => {
  if (!globalThis.crypto?.subtle || file.size > HASH_LIMIT_BYTES) return "";
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

class Refused extends Error {
  constructor(response, body) {
    super(body.title || response.statusText);
    this.status = response.status;
    this.errors = body.errors || {};
  }
}

class Sender {
  constructor(form) {
    this.form = form;
    this.says = form.dataset;
    this.fileField = form.querySelector("input[type=file]");
    this.panel = form.querySelector("[data-upload-panel]");
    this.text = form.querySelector("[data-upload-text]");
    this.note = form.querySelector("[data-upload-note]");
    this.bar = form.querySelector("progress");
    this.stopButton = form.querySelector("[data-upload-stop]");
    this.button = form.querySelector(":scope > button");
    this.token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    this.isReady = false;
    this.isSending = false;
    this.checkedFile = null;
    form.addEventListener("submit", (event) => this.onSubmit(event), true);
    this.fileField.addEventListener("change", () => this.onChoose());
    this.stopButton.addEventListener("click", () => this.stop());
    window.addEventListener("beforeunload", (event) => this.onLeave(event));
  }

  get file() {
    return this.fileField.files[0];
  }

  get keptName() {
    return [this.says.begin, this.file.name, this.file.size, this.file.lastModified].join("|");
  }

  set(name, value) {
    this.form.querySelector(`[name=${name}]`).value = value;
  }

  // ------------------------------------------------------------------------------------------- what is asked

  async ask(url, options = {}) {
    const headers = { Accept: "application/json", "X-CSRFToken": this.token, ...options.headers };
    const response = await fetch(url, { ...options, headers, signal: this.stopping.signal, redirect: "error" });
    const body = await response.json();
    if (!response.ok) throw new Refused(response, body);
    return body;
  }

  // Once the server has been reached a refusal is final; only a lost connection, or a busy server, is tried again.
  async askAgain(url, options) {
    for (const seconds of [...WAITS_SECONDS, null]) {
      try {
        return await this.ask(url, options);
      } catch (problem) {
        const isLost = problem instanceof TypeError || problem instanceof SyntaxError || problem.status >= 500;
        if (!isLost || seconds === null) throw problem;
        await this.waitBeforeTrying(seconds);
      }
    }
    return null;
  }

  async waitBeforeTrying(seconds) {
    this.say(filled(this.says.saysAgain, { time: timeText(seconds) }));
    await new Promise((done) => {
      const timer = setTimeout(done, seconds * 1000);
      this.stopping.signal.addEventListener("abort", () => { clearTimeout(timer); done(); }, { once: true });
      window.addEventListener("online", () => { clearTimeout(timer); done(); }, { once: true });
    });
    this.stopping.signal.throwIfAborted();
  }

  // ------------------------------------------------------------------------------------------ what is heard

  onChoose() {
    this.set("upload", "");
    this.set("sha256", "");
    this.isReady = false;
    this.checkedFile = null;
    this.form.querySelector("[data-upload-known]").hidden = true;
    this.clearErrors();
    this.panel.hidden = true;
  }

  onSubmit(event) {
    if (this.isReady) return;
    event.preventDefault();
    event.stopPropagation();
    if (this.isSending) return;
    this.clearErrors();
    if (!this.file) {
      this.showErrors({ file: [this.says.saysChoose] });
      return;
    }
    this.send();
  }

  onLeave(event) {
    if (this.isSending && !this.isReady) event.preventDefault();
  }

  stop() {
    this.stopping.abort(new DOMException("stopped", "AbortError"));
  }

  // ------------------------------------------------------------------------------------------ what is done

  async send() {
    this.isSending = true;
    this.stopping = new AbortController();
    this.panel.hidden = false;
    this.button.setAttribute("aria-disabled", "true");
    this.stopButton.hidden = false;
    this.note.textContent = this.says.saysLeave;
    try {
      if (await this.isKnown()) return;
      const upload = await this.findOrBegin();
      await this.sendParts(upload);
      this.say(this.says.saysJoining);
      this.set("upload", upload.id);
      this.isReady = true;
      this.button.removeAttribute("aria-disabled");
      this.form.requestSubmit(this.button);
    } catch (problem) {
      this.showProblem(problem);
    } finally {
      this.isSending = false;
      this.stopButton.hidden = true;
      if (!this.isReady) this.button.removeAttribute("aria-disabled");
    }
  }

  // Says so once where the same bytes are here already, or the file is empty; a second press goes on all the same.
  async isKnown() {
    if (this.checkedFile === this.file) return false;
    this.say(this.says.saysReading);
    const sha256 = await hashOf(this.file);
    this.set("sha256", sha256);
    const found = sha256 ? await this.askAgain(`${this.says.known}?sha256=${sha256}`) : { text: "" };
    const text = this.file.size === 0 ? this.says.saysEmpty : found.text;
    this.checkedFile = this.file;
    if (!text) return false;
    const box = this.form.querySelector("[data-upload-known]");
    box.querySelector("[data-upload-known-text]").textContent = text;
    const link = box.querySelector("[data-upload-known-link]");
    link.hidden = !found.url;
    if (found.url) {
      link.href = found.url;
      link.textContent = found.label;
    }
    box.hidden = false;
    box.setAttribute("role", "alert");
    this.panel.hidden = true;
    return true;
  }

  async findOrBegin() {
    const id = keptUploads()[this.keptName];
    if (id) {
      try {
        const row = await this.askAgain(this.says.state.replace("00000000-0000-0000-0000-000000000000", id));
        if (row.state === "open" || row.state === "whole") {
          this.say(filled(this.says.saysOn, { came: sizeText(row.received_bytes) }));
          return row;
        }
      } catch (problem) {
        if (problem.status !== 404) throw problem;
      }
      keepUpload(this.keptName, "");
    }
    const body = new URLSearchParams(new FormData(this.form, null));
    body.delete("file");
    body.set("file_name", this.file.name);
    body.set("size_bytes", this.file.size);
    const row = await this.askAgain(this.says.begin, { method: "POST", body });
    keepUpload(this.keptName, row.id);
    return row;
  }

  async sendParts(upload) {
    const began = { at: performance.now(), bytes: upload.received_bytes };
    let row = upload;
    this.showProgress(row.received_bytes, began, true);
    while (row.received_bytes < this.file.size) {
      const start = row.received_bytes;
      const part = this.file.slice(start, start + PART_BYTES);
      try {
        row = await this.askAgain(`${upload.parts_url}?offset=${start}`, {
          method: "PUT",
          body: part,
          headers: { "Content-Type": "application/octet-stream" },
        });
      } catch (problem) {
        // Another tab was faster, or an answer was lost on the way back: ask where sending goes on.
        if (problem.status !== 409) throw problem;
        row = await this.askAgain(upload.url);
        if (row.state !== "open") throw problem;
      }
      this.showProgress(row.received_bytes, began, row.received_bytes === this.file.size);
    }
  }

  // ------------------------------------------------------------------------------------------ what is said

  say(text) {
    this.text.textContent = text;
    this.saidAt = performance.now();
  }

  showProgress(came, began, isNow) {
    const percent = this.file.size ? Math.floor((came / this.file.size) * 100) : 100;
    this.bar.value = percent;
    if (!isNow && performance.now() - (this.saidAt || 0) < SAY_EVERY_MS) return;
    const seconds = (performance.now() - began.at) / 1000;
    const rate = (came - began.bytes) / Math.max(seconds, 0.001);
    const words = { percent, came: sizeText(came), size: sizeText(this.file.size) };
    const left = rate > 0 && came < this.file.size && seconds > 2 ? (this.file.size - came) / rate : 0;
    const time = left ? `, ${filled(this.says.saysLeft, { time: timeText(left) })}` : "";
    this.say(filled(this.says.saysSent, words) + time);
  }

  showProblem(problem) {
    if (problem.status === 422 && Object.keys(problem.errors).length) {
      this.panel.hidden = true;
      this.showErrors(problem.errors);
      return;
    }
    const why = problem instanceof Refused ? problem.message : problem.name === "AbortError" ? "" : this.says.saysOffline;
    const came = sizeText(Math.round((this.bar.value / 100) * this.file.size));
    const stopped = filled(this.says.saysStopped, { came, size: sizeText(this.file.size) });
    this.say([stopped, why, this.says.saysGoOn].filter(Boolean).join(" "));
    this.note.textContent = "";
  }

  clearErrors() {
    this.form.querySelectorAll("[data-upload-error]").forEach((error) => {
      error.closest(".usa-form-group").classList.remove("usa-form-group--error");
      error.remove();
    });
    this.form.querySelectorAll("[aria-invalid]").forEach((field) => field.removeAttribute("aria-invalid"));
  }

  showErrors(errors) {
    let first = null;
    Object.entries(errors).forEach(([name, texts]) => {
      const field = this.form.querySelector(`[name="${name}"]`) || this.fileField;
      const error = document.createElement("span");
      error.className = "usa-error-message";
      error.id = `${field.id}_sent_error`;
      error.dataset.uploadError = "";
      error.textContent = texts.join(" ");
      field.before(error);
      field.closest(".usa-form-group").classList.add("usa-form-group--error");
      field.setAttribute("aria-invalid", "true");
      const others = (field.getAttribute("aria-describedby") || "").split(" ").filter((id) => id && id !== error.id);
      field.setAttribute("aria-describedby", [error.id, ...others].join(" "));
      first ||= field;
    });
    first?.focus();
  }
}

document.querySelectorAll("form[data-upload]").forEach((form) => {
  if (form.querySelector("input[type=file]")) new Sender(form);
});
