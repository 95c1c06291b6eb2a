// SPDX-License-Identifier: Apache-2.0
// @ts-check
// Finds words in the text of an article that shows, across the borders of marks.
"use strict";

/** The form: every hit is painted, the next one is scrolled to. */
class Finder {
  constructor() {
    this.form = /** @type {HTMLFormElement} */ (document.querySelector(".find"));
    this.field = /** @type {HTMLInputElement} */ (document.getElementById("find"));
    this.output = /** @type {HTMLElement} */ (document.getElementById("found"));
    this.at = -1;
    this.field.addEventListener("input", () => {
      this.at = -1;
      this.find(false);
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.find(true);
    });
  }

  /** @param {boolean} go to the next one */
  find(go) {
    const text = document.querySelector(".text:not([hidden])");
    const hits = text ? this.hits(text, this.field.value.trim()) : [];
    this.paint(hits);
    if (!hits.length) {
      this.output.textContent = this.field.value.trim() ? "not found" : "";
      return;
    }
    if (go || this.at < 0) this.at = (this.at + 1) % hits.length;
    this.output.textContent = `${this.at + 1} of ${hits.length}`;
    const element = hits[this.at].startContainer.parentElement;
    if (element) element.scrollIntoView({ block: "center" });
    this.paint(hits);
  }

  /** @param {Range[]} hits */
  paint(hits) {
    // Browsers without highlights of their own show the selection.
    if (typeof Highlight === "undefined" || !CSS.highlights) {
      const selection = getSelection();
      if (selection && hits[this.at]) {
        selection.removeAllRanges();
        selection.addRange(hits[this.at]);
      }
      return;
    }
    CSS.highlights.set("hits", new Highlight(...hits));
    if (hits[this.at]) CSS.highlights.set("hit", new Highlight(hits[this.at]));
    else CSS.highlights.delete("hit");
  }

  /** @param {Element} text @param {string} words @returns {Range[]} */
  hits(text, words) {
    if (!words) return [];
    /** @type {{node: Text, begin: number}[]} */
    const nodes = [];
    let whole = "";
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      nodes.push({ node: /** @type {Text} */ (node), begin: whole.length });
      whole += node.nodeValue || "";
    }
    const wanted = words.toLowerCase();
    const lower = whole.toLowerCase();
    const searched = lower.length === whole.length ? lower : whole;
    const ranges = [];
    let in_node = 0;
    const place = (/** @type {number} */ at) => {
      while (in_node + 1 < nodes.length && nodes[in_node + 1].begin <= at) ++in_node;
      return { node: nodes[in_node].node, offset: at - nodes[in_node].begin };
    };
    for (let at = searched.indexOf(wanted); at >= 0; at = searched.indexOf(wanted, at + wanted.length)) {
      const range = document.createRange();
      const begin = place(at);
      range.setStart(begin.node, begin.offset);
      const end = place(at + wanted.length - 1);
      range.setEnd(end.node, end.offset + 1);
      ranges.push(range);
    }
    return ranges;
  }
}

document.addEventListener("DOMContentLoaded", () => {
  if (document.querySelector(".find")) new Finder();
});
