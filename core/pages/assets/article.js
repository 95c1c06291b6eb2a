// SPDX-License-Identifier: Apache-2.0
// @ts-check
// The page of an article: switches marks on and off as the slider moves, shows the history of the
// annotation that was chosen. Everything that others wrote goes in as text, never as markup. The
// data is described in core/pages/story_data.h.
"use strict";

/**
 * @typedef {{sequence: number, recorded_at: string, who?: string, what?: string}} Step
 * @typedef {{since: number, words?: string, held?: string, status: string, revision: number,
 *   place?: number, disputed?: boolean, needs_review?: boolean, fields?: string[][]}} State
 * @typedef {{sequence: number, recorded_at: string, who?: string, kind?: string, what: string,
 *   reason?: string, note?: string, changes?: string[][]}} Change
 * @typedef {{id: string, type: string, states: State[], history?: Change[]}} Annotation
 * @typedef {{since: number, title?: string, published: string, basis?: string}} Metadata
 * @typedef {{shown: number, steps: Step[], revisions: {number: number, sequence: number}[],
 *   metadata: Metadata[], places?: {annotation: number, revision: number}[],
 *   annotations?: Annotation[]}} Story
 */

/** An element with text, and others within.
 * @param {string} tag @param {string} [className] @param {(Node | string)[]} within
 * @returns {HTMLElement} */
function make(tag, className, ...within) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...within);
  return element;
}

/** The last one that was so by then.
 * @template {{since: number}} T @param {T[]} list @param {number} sequence
 * @returns {T | undefined} */
function asOf(list, sequence) {
  let last;
  for (const one of list) if (one.since <= sequence) last = one;
  return last;
}

class ArticlePage {
  /** @param {Story} story */
  constructor(story) {
    this.story = story;
    this.annotations = story.annotations || [];
    this.steps = story.steps;
    /** @type {Map<number, HTMLElement[]>} by place */
    this.marks = new Map();
    for (const mark of verbatim.all(".text [data-p]")) {
      const place = Number(mark.dataset.p);
      const list = this.marks.get(place);
      if (list) list.push(mark);
      else this.marks.set(place, [mark]);
    }
    this.items = verbatim.all(".annotations > li");
    this.texts = verbatim.all(".text");
    this.slider = /** @type {HTMLInputElement} */ (document.getElementById("when"));
    this.detail = /** @type {HTMLElement} */ (document.getElementById("detail"));
    this.step = this.steps.length - 1;
    this.chosen = -1;
    /** @type {number | null} a text that was asked for, not the one of the moment */
    this.revision = null;
  }

  get sequence() {
    return this.steps[this.step].sequence;
  }

  start() {
    const section = /** @type {HTMLElement} */ (document.querySelector(".when"));
    section.hidden = this.steps.length < 2;
    for (const part of verbatim.all(".filters, .revisions, .find")) part.hidden = false;
    this.listen();
    const asked = new URLSearchParams(location.search).get("seq");
    const wanted = asked === null ? this.story.shown : Number(asked.replace(/^@/, ""));
    this.moveTo(Number.isFinite(wanted) ? this.stepAt(wanted) : this.steps.length - 1, false);
    this.chooseFromAddress();
  }

  /** @param {number} sequence the last step at or before it; the first one when there is none */
  stepAt(sequence) {
    let step = 0;
    this.steps.forEach((one, i) => {
      if (one.sequence <= sequence) step = i;
    });
    return step;
  }

  listen() {
    this.slider.addEventListener("input", () => this.moveTo(Number(this.slider.value), true));
    for (const button of verbatim.all(".when button")) {
      button.addEventListener("click", () => {
        const by = button.dataset.step;
        this.moveTo(by === "end" ? this.steps.length - 1 : this.step + Number(by), true);
      });
    }
    for (const text of this.texts) {
      text.addEventListener("click", (event) => this.clicked(/** @type {Element} */ (event.target)));
    }
    this.items.forEach((item, i) => {
      item.addEventListener("click", (event) => {
        event.preventDefault();
        this.choose(i, true);
      });
    });
    for (const button of verbatim.all(".revisions button")) {
      button.addEventListener("click", () => {
        this.revision = Number(button.dataset.revision);
        this.draw();
      });
    }
    for (const box of verbatim.all(".filters input")) {
      box.addEventListener("change", () => this.draw());
    }
    addEventListener("hashchange", () => this.chooseFromAddress());
    // The browser has its own idea of where an address leads, and follows it late.
    addEventListener("load", () => this.scrollToChosen());
    document.addEventListener("keydown", (event) => this.key(event));
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || verbatim.typing(event)) return;
    if (event.key === "Escape" && this.chosen >= 0) return this.close();
    const keys = { j: () => this.next(1), k: () => this.next(-1), "[": () => this.moveTo(this.step - 1, true), "]": () => this.moveTo(this.step + 1, true) };
    const act = keys[/** @type {keyof typeof keys} */ (event.key)];
    if (!act) return;
    event.preventDefault();
    act();
  }

  /** The next annotation that shows. @param {number} by */
  next(by) {
    const shown = this.items.map((item, i) => (item.hidden ? -1 : i)).filter((i) => i >= 0);
    if (!shown.length) return;
    const at = shown.indexOf(this.chosen);
    const to = at < 0 ? (by > 0 ? 0 : shown.length - 1) : (at + by + shown.length) % shown.length;
    this.choose(shown[to], true);
  }

  /** @param {number} step @param {boolean} say in the address too */
  moveTo(step, say) {
    this.step = Math.max(0, Math.min(this.steps.length - 1, step));
    this.slider.value = String(this.step);
    this.revision = null;
    if (say) this.sayInAddress();
    this.draw();
  }

  sayInAddress() {
    const last = this.step === this.steps.length - 1;
    try {
      history.replaceState(null, "", location.pathname + (last ? "" : `?seq=${this.sequence}`) + location.hash);
    } catch {
      // An address that may not change stays as it is.
    }
  }

  /** Everything as it was known at this step. */
  draw() {
    const now = this.steps[this.step];
    const said = `@${now.sequence} · ${now.recorded_at} UTC · ${now.who || ""} · ${now.what || ""}`;
    const output = /** @type {HTMLElement} */ (document.getElementById("when-text"));
    output.textContent = said;
    this.slider.setAttribute("aria-valuetext", said);
    document.body.classList.toggle("past", this.step < this.steps.length - 1);
    this.drawMetadata();
    this.drawRevision();
    const hidden = new Set(verbatim.all(".filters input").filter((box) => !(/** @type {HTMLInputElement} */ (box).checked)).map((box) => box.dataset.show));
    for (const marks of this.marks.values()) for (const mark of marks) delete mark.dataset.held;
    this.annotations.forEach((annotation, i) => this.drawAnnotation(annotation, i, hidden));
    this.drawDetail();
  }

  drawMetadata() {
    const metadata = asOf(this.story.metadata, this.sequence) || this.story.metadata[0];
    const say = { title: metadata.title, published: metadata.published, basis: metadata.basis };
    for (const [name, value] of Object.entries(say)) {
      const element = document.querySelector(`[data-meta=${name}]`);
      if (element && (value || name !== "title")) element.textContent = value || "";
    }
  }

  drawRevision() {
    const known = this.story.revisions.filter((one) => one.sequence <= this.sequence);
    const latest = known.length ? known[known.length - 1].number : -1;
    const shown = this.revision === null ? latest : this.revision;
    for (const text of this.texts) text.hidden = Number(text.dataset.revision) !== shown;
    for (const button of verbatim.all(".revisions button")) {
      const number = Number(button.dataset.revision);
      button.setAttribute("aria-pressed", String(number === shown));
      button.hidden = number > latest;
    }
  }

  /** @param {Annotation} annotation @param {number} i @param {Set<string | undefined>} hidden */
  drawAnnotation(annotation, i, hidden) {
    const item = this.items[i];
    const state = asOf(annotation.states, this.sequence);
    const held = state && state.held;
    const kind = hidden.has(item.dataset.kind);
    item.hidden = !state || kind || (!held && hidden.has("gone"));
    if (held) item.dataset.held = held;
    else delete item.dataset.held;
    if (!state) return;
    const words = item.querySelector(".words");
    if (words && words.textContent !== state.words) words.textContent = state.words || "";
    const status = item.querySelector(".status");
    if (status) status.textContent = state.status;
    if (!held || kind || state.place === undefined) return;
    for (const mark of this.marks.get(state.place) || []) mark.dataset.held = held;
  }

  /** @param {Element} target */
  clicked(target) {
    const mark = target.closest("[data-p][data-held]");
    if (!mark) return;
    const selection = getSelection();
    if (selection && !selection.isCollapsed) return;  // somebody marks words to copy them
    this.choose(this.annotationAt(/** @type {HTMLElement} */ (mark)), false);
  }

  /** @param {HTMLElement} mark */
  annotationAt(mark) {
    return (this.story.places || [])[Number(mark.dataset.p)].annotation;
  }

  chooseFromAddress() {
    const id = location.hash.replace(/^#a-/, "");
    const found = this.annotations.findIndex((annotation) => annotation.id === id);
    if (found < 0) return;
    if (!asOf(this.annotations[found].states, this.sequence)) this.moveTo(this.steps.length - 1, true);
    this.choose(found, true);
  }

  /** @param {number} i @param {boolean} scroll to its words */
  choose(i, scroll) {
    this.chosen = i;
    const state = asOf(this.annotations[i].states, this.sequence);
    if (state && this.texts.some((text) => text.hidden && Number(text.dataset.revision) === state.revision)) {
      this.revision = state.revision;
      this.drawRevision();
    }
    this.drawDetail();
    try {
      history.replaceState(null, "", `#a-${this.annotations[i].id}`);
    } catch {
      // As above.
    }
    if (scroll) this.scrollToChosen();
    this.detail.focus({ preventScroll: true });
  }

  /** Its words, where the sheet of a narrow window doesn't cover them, and the top of its history. */
  scrollToChosen() {
    if (this.chosen < 0) return;
    const state = asOf(this.annotations[this.chosen].states, this.sequence);
    const mark = state && state.place !== undefined && (this.marks.get(state.place) || [])[0];
    const sheet = getComputedStyle(this.detail).position === "fixed";
    if (mark) mark.scrollIntoView({ block: sheet ? "start" : "center", behavior: this.smooth() });
    this.detail.scrollTop = 0;
    if (this.detail.parentElement) this.detail.parentElement.scrollTop = 0;
  }

  /** @returns {ScrollBehavior} */
  smooth() {
    return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  }

  close() {
    const item = this.items[this.chosen];
    this.chosen = -1;
    this.drawDetail();
    const link = item && /** @type {HTMLElement | null} */ (item.querySelector("a"));
    if (link) link.focus({ preventScroll: true });
  }

  drawDetail() {
    for (const mark of verbatim.all(".chosen")) mark.classList.remove("chosen");
    this.detail.hidden = this.chosen < 0;
    document.body.classList.toggle("choosing", this.chosen >= 0);
    this.detail.replaceChildren();
    if (this.chosen < 0) return;
    const annotation = this.annotations[this.chosen];
    const state = asOf(annotation.states, this.sequence);
    this.items[this.chosen].classList.add("chosen");
    const close = make("button", "close", "Close");
    close.setAttribute("type", "button");
    close.addEventListener("click", () => this.close());
    this.detail.append(make("header", "", make("h2", "", annotation.type), close));
    if (!state) {
      this.detail.append(make("p", "note", `Not there yet at @${this.sequence}.`));
      return;
    }
    for (const mark of this.marks.get(state.place === undefined ? -1 : state.place) || []) mark.classList.add("chosen");
    this.detail.append(make("blockquote", "words", make("bdi", "", state.words || "")));
    this.detail.append(this.standing(state), this.others(state));
    this.detail.append(make("h3", "", "History"), this.steps_of(annotation));
    this.detail.append(make("h3", "", "What it says"), this.fields(state));
  }

  /** @param {State} state */
  standing(state) {
    const by = { person: "a person decided", plugin: "a plugin only", orphaned: "its words are gone from the latest text" };
    const held = state.held ? by[/** @type {keyof typeof by} */ (state.held)] : "not shown";
    const line = make("p", "standing", make("span", "status", state.status), ` ${held}`);
    if (state.disputed) line.append(", disputed by a plugin");
    if (state.needs_review) line.append(", waits for review");
    return line;
  }

  /** What else the same words belong to. @param {State} state */
  others(state) {
    const line = make("p", "others");
    const mark = (this.marks.get(state.place === undefined ? -1 : state.place) || [])[0];
    if (!mark) return line;
    const around = new Set();
    for (let one = mark.parentElement; one; one = one.parentElement) {
      if (one.dataset.p && one.dataset.held) around.add(this.annotationAt(one));
    }
    for (const one of verbatim.all("[data-p][data-held]", mark)) around.add(this.annotationAt(one));
    around.delete(this.chosen);
    if (around.size) line.append("Also here: ");
    for (const i of around) {
      const button = make("button", "link", this.annotations[i].type);
      button.setAttribute("type", "button");
      button.addEventListener("click", () => this.choose(i, false));
      line.append(button, " ");
    }
    return line;
  }

  /** @param {State} state */
  fields(state) {
    const list = make("dl", "fields");
    for (const [name, value] of state.fields || []) {
      list.append(make("div", "", make("dt", "", name.replace(/_/g, " ")), make("dd", "", make("bdi", "", value))));
    }
    return list;
  }

  /** @param {Annotation} annotation */
  steps_of(annotation) {
    const list = make("ol", "history");
    for (const change of annotation.history || []) {
      const item = make("li", change.kind || "");
      if (change.sequence > this.sequence) item.classList.add("later");
      const go = make("button", "link", `@${change.sequence}`);
      go.setAttribute("type", "button");
      go.setAttribute("aria-label", `Show the article at sequence ${change.sequence}`);
      go.addEventListener("click", () => this.moveTo(this.stepAt(change.sequence), true));
      item.append(make("p", "did", make("strong", "", change.what), " by ", make("bdi", "who", change.who || "")));
      item.append(make("p", "sub", go, ` ${change.recorded_at} UTC`));
      if (change.reason) item.append(make("p", "reason", make("bdi", "", change.reason)));
      if (change.note) item.append(make("p", "note", make("bdi", "", change.note)));
      for (const [field, before, after] of change.changes || []) {
        const line = make("p", "change", make("span", "field", field.replace(/_/g, " ")), " ");
        if (before) line.append(make("del", "", before), " ");
        if (after) line.append(make("ins", "", after));
        item.append(line);
      }
      list.append(item);
    }
    return list;
  }
}

document.addEventListener("DOMContentLoaded", () => {
  const data = document.getElementById("data");
  if (!data) return;
  new ArticlePage(JSON.parse(data.textContent || "{}")).start();
});
