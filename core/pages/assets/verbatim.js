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
      if (output) output.textContent = words.length ? `${shown} of ${lines.length}` : "";
      document.body.classList.toggle("filtered", words.length > 0);
    });
  }
}

document.addEventListener("DOMContentLoaded", () => {
  setUpTheme();
  setUpFilters();
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || verbatim.typing(event)) return;
    const field = /** @type {HTMLElement | null} */ (document.querySelector("input[type=search]"));
    if (!field) return;
    event.preventDefault();
    field.focus();
  });
});
