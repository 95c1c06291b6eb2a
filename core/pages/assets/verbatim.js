// SPDX-License-Identifier: Apache-2.0
// @ts-check
// What every page has: light and dark, lists that show only some lines, the timeline's cards.
// Plain ES2020, loaded as it is; works from files, keeps nothing but the choice of light or dark.
"use strict";

/** @typedef {"light" | "dark"} Theme */

const verbatim = {
  /** @returns {Theme} */
  theme() {
    const chosen = document.documentElement.dataset.theme;
    if (chosen === "light" || chosen === "dark") return chosen;
    return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  },

  /** What is kept between pages; a browser may refuse to keep anything.
   * @returns {string | null} */
  kept() {
    try {
      return localStorage.getItem("verbatim.theme");
    } catch {
      return null;
    }
  },

  /** @param {Theme} theme */
  keep(theme) {
    document.documentElement.dataset.theme = theme;
    try {
      localStorage.setItem("verbatim.theme", theme);
    } catch {
      // Then it holds for this page.
    }
  },

  /** Letters without accents and case.
   * @param {string} text */
  fold(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  },

  /** @param {string} selector @param {ParentNode} [within] @returns {HTMLElement[]} */
  all(selector, within = document) {
    return /** @type {HTMLElement[]} */ ([...within.querySelectorAll(selector)]);
  },

  /** Is the person typing somewhere?
   * @param {KeyboardEvent} event */
  typing(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    return target.matches("input:not([type=range]):not([type=checkbox]), textarea, select");
  },
};

// Before anything is drawn.
const keptTheme = verbatim.kept();
if (keptTheme === "light" || keptTheme === "dark") {
  document.documentElement.dataset.theme = keptTheme;
}

function setUpTheme() {
  const button = /** @type {HTMLButtonElement | null} */ (document.querySelector("button.theme"));
  if (!button) return;
  const say = () => {
    button.textContent = verbatim.theme() === "dark" ? "Light" : "Dark";
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    verbatim.keep(verbatim.theme() === "dark" ? "light" : "dark");
    say();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", say);
  say();
}

// Lists: only the lines with all the words that were typed.
function setUpFilters() {
  for (const input of verbatim.all("input[data-filter]")) {
    const field = /** @type {HTMLInputElement} */ (input);
    const form = /** @type {HTMLFormElement} */ (field.form);
    const lines = verbatim.all(field.dataset.filter || "");
    const texts = lines.map((line) => verbatim.fold(line.textContent || ""));
    const output = form.querySelector("output");
    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    field.addEventListener("input", () => {
      const words = verbatim.fold(field.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      lines.forEach((line, i) => {
        line.hidden = !words.every((word) => texts[i].includes(word));
        if (!line.hidden) ++shown;
      });
      // What a list holds besides its lines goes when none of them is left.
      for (const side of verbatim.all(".side")) {
        side.hidden = words.length > 0 && !verbatim.all(".lane, .once li", side).some((line) => !line.hidden);
        for (const once of verbatim.all("details.once", side)) {
          const open = words.length > 0 && verbatim.all("li", once).some((line) => !line.hidden);
          /** @type {HTMLDetailsElement} */ (once).open = open;
        }
      }
      if (output) output.textContent = words.length ? `${shown} of ${lines.length}` : "";
      document.body.classList.toggle("filtered", words.length > 0);
    });
  }
}

/** Lanes of the timeline: of the cards only the one whose dot was chosen shows. */
class Lane {
  /** @param {HTMLElement} section */
  constructor(section) {
    this.section = section;
    this.dots = verbatim.all("a.dot", section);
    this.cards = verbatim.all(".card", section);
    this.toggle = document.createElement("button");
    this.toggle.type = "button";
    this.toggle.className = "all";
    this.whole = this.cards.length < 2;
  }

  start() {
    this.dots.forEach((dot, i) => {
      dot.addEventListener("click", (event) => {
        event.preventDefault();
        this.choose(this.cardOf(dot), true);
      });
      dot.addEventListener("keydown", (event) => {
        const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        const to = by && this.dots[i + by];
        if (!to) return;
        event.preventDefault();
        to.focus();
        this.choose(this.cardOf(to), false);
      });
    });
    this.toggle.addEventListener("click", () => {
      this.whole = !this.whole;
      this.draw();
    });
    if (this.cards.length > 1) this.section.append(this.toggle);
    const asked = this.cards.find((card) => `#${card.id}` === location.hash);
    const changed = this.dots.filter((dot) => dot.classList.contains("changed")).pop();
    this.chosen = asked || (changed && this.cardOf(changed)) || this.cards[this.cards.length - 1];
    this.draw();
    if (asked) asked.scrollIntoView({ block: "center" });
  }

  /** @param {HTMLElement} dot */
  cardOf(dot) {
    const id = (dot.getAttribute("href") || "").slice(1);
    return this.cards.find((card) => card.id === id);
  }

  /** @param {HTMLElement | undefined} card @param {boolean} focus */
  choose(card, focus) {
    if (!card) return;
    this.chosen = card;
    this.whole = this.cards.length < 2;
    this.draw();
    if (focus) card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  }

  draw() {
    for (const card of this.cards) card.hidden = !this.whole && card !== this.chosen;
    for (const dot of this.dots) {
      const on = !this.whole && this.cardOf(dot) === this.chosen;
      dot.classList.toggle("chosen", on);
      if (on) dot.setAttribute("aria-current", "true");
      else dot.removeAttribute("aria-current");
    }
    this.toggle.textContent = this.whole ? "Show one at a time" : `Show all ${this.cards.length}`;
    this.toggle.setAttribute("aria-pressed", String(this.whole));
  }
}

document.addEventListener("DOMContentLoaded", () => {
  setUpTheme();
  setUpFilters();
  for (const section of verbatim.all(".lane")) new Lane(section).start();
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || verbatim.typing(event)) return;
    const field = /** @type {HTMLElement | null} */ (document.querySelector("input[type=search]"));
    if (!field) return;
    event.preventDefault();
    field.focus();
  });
});
