// SPDX-License-Identifier: Apache-2.0
// @ts-check
// The exported site from the file system, and the served one, as a reader uses them: clicks, keys,
// the slider, a narrow window, dark, without scripts; axe finds nothing serious and the console
// stays empty. Screenshots go to $SHOTS.
"use strict";
const assert = require("node:assert/strict");
const { execFileSync, spawn } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { createRequire } = require("node:module");

/** @param {string} name */
function wanted(name) {
  const value = process.env[name];
  if (!value) throw new Error(`$${name} is not set: run tests/browser/run`);
  return value;
}
const [BROWSER, MODULES, VERBATIM, SHOTS] = ["BROWSER", "MODULES", "VERBATIM", "SHOTS"].map(wanted);
const packages = createRequire(path.join(MODULES, "package.json"));
const { chromium } = packages("playwright-core");
const axe = packages("axe-core").source;

const samples = path.join(__dirname, "../data/articles");
const work = fs.mkdtempSync(path.join(os.tmpdir(), "verbatim-browser."));
const archive = path.join(work, "archive");
fs.mkdirSync(SHOTS, { recursive: true });

/** @param {string[]} words */
function verbatim(...words) {
  return execFileSync(VERBATIM, ["-C", archive, ...words], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}
/** @param {string[]} words */
function rows(...words) {
  return verbatim(...words, "--format", "jsonl").trim().split("\n").filter(Boolean).map((line) => JSON.parse(line));
}

const HOSTILE = `</script><img src=x onerror="window.owned=1"><b id=owned>\u202Eeman`;

/** An archive with the samples, a person's decisions, and an article that means harm. */
function makeArchive() {
  const texts = fs.readdirSync(samples).filter((name) => name.endsWith(".txt")).sort();
  verbatim("ingest", "--metadata-from", path.join(samples, "articles.tsv"), ...texts.map((name) => path.join(samples, name)));
  const hostile = path.join(work, "hostile.txt");
  fs.writeFileSync(hostile, `${HOSTILE}\n\n"We ${HOSTILE} shall leave on Friday," Ada Brandt said.\n`);
  verbatim("ingest", "--title", HOSTILE, "--outlet", HOSTILE, "--published", "2024-05-01", hostile);
  const kestle = rows("view", "quotes").find((row) => row.text.includes("first well off Kerrin next year") || row.text.includes("drill a first well"));
  assert.ok(kestle, "the samples hold the quotation");
  verbatim("confirm", kestle.annotation, "--reason", "read in print", "--as", "ana@desk");
  return { confirmed: kestle.annotation, article: kestle.article, hostile: rows("articles").find((row) => row.outlet === HOSTILE).article };
}

/** @returns {Promise<{url: string, stop: () => Promise<number | null>}>} */
function serve() {
  const server = spawn(VERBATIM, ["-C", archive, "serve", "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => server.on("exit", (code) => resolve(code)));
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.stdout.once("data", (line) =>
      resolve({
        url: String(line).trim().replace(/\/$/, ""),
        stop: () => {
          server.kill("SIGTERM");
          return /** @type {Promise<number | null>} */ (ended);
        },
      }),
    );
  });
}

/** @type {string[]} what the console said, on any page */
const complaints = [];
/** @param {any} browser @param {object} options */
async function open(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  page.on("console", (/** @type {any} */ said) => complaints.push(`${page.url()}: ${said.type()}: ${said.text()}`));
  page.on("pageerror", (/** @type {Error} */ error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on("requestfailed", (/** @type {any} */ request) => complaints.push(`${page.url()}: no ${request.url()}`));
  page.on("dialog", (/** @type {any} */ dialog) => complaints.push(`${page.url()}: dialog ${dialog.message()}`));
  page.setDefaultTimeout(10_000);
  return page;
}

/** @param {any} page @param {string} name */
async function axeFindsNothing(page, name) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => /** @type {any} */ (window).axe.run(document, { resultTypes: ["violations"], preload: false }));
  const serious = found.violations.filter((/** @type {any} */ one) => ["serious", "critical"].includes(one.impact));
  assert.deepEqual(serious.map((/** @type {any} */ one) => `${one.id}: ${one.nodes.map((/** @type {any} */ node) => node.target.join(" ")).slice(0, 3).join(" | ")}`), [], name);
}

/** The list, its filter, and the way to an article. @param {any} page @param {string} base */
async function theList(page, base) {
  await page.goto(`${base}/index.html`);
  const lines = page.locator("tbody tr");
  const all = await lines.count();
  assert.ok(all >= 15);
  await page.keyboard.press("/");
  await page.keyboard.type("kerrin drill");
  const left = await page.locator("tbody tr:visible").count();
  assert.ok(left >= 1 && left < all, `${left} of ${all} lines`);
  await page.locator("tbody tr:visible a").first().click();
  await page.waitForSelector("article.text:visible");
  assert.match(await page.locator("h1").innerText(), /Kerrin/);
}

/** @param {any} page @param {string} base @param {{confirmed: string, article: string}} made */
async function anArticle(page, base, made) {
  await page.goto(`${base}/articles/${made.article}.html`);
  const marks = page.locator(".text:visible [data-held]");
  const now = await marks.count();
  assert.ok(now > 5);
  // A click shows the history of what was clicked on.
  await page.locator(".text:visible .m[data-kind=quote][data-held=plugin]").first().click({ position: { x: 4, y: 6 } });
  const words = await page.locator("#detail blockquote").innerText();
  assert.ok((await page.locator(".text:visible").innerText()).replace(/\s+/g, " ").includes(words.split(" ... ")[0]));
  assert.match(await page.locator("#detail .history").innerText(), /added by quotes/);
  await page.keyboard.press("Escape");
  assert.ok(await page.locator("#detail").isHidden());
  // What a person decided is solid, what a plugin says is dashed.
  await page.goto(`${base}/articles/${made.article}.html#a-${made.confirmed}`);
  await page.waitForSelector("#detail:visible");
  assert.match(await page.locator("#detail .history").innerText(), /confirmed by ana@desk[\s\S]*read in print/);
  const line = (/** @type {string} */ held) => page.locator(`.text [data-held=${held}]`).first().evaluate((/** @type {Element} */ mark) => getComputedStyle(mark).textDecorationStyle);
  assert.equal(await line("person"), "solid");
  assert.equal(await line("plugin"), "dashed");
  // Keys: the next one, and the one before.
  await page.keyboard.press("Escape");
  await page.keyboard.press("j");
  const first = await page.locator("#detail blockquote").innerText();
  await page.keyboard.press("j");
  assert.notEqual(await page.locator("#detail blockquote").innerText(), first);
  await page.keyboard.press("k");
  assert.equal(await page.locator("#detail blockquote").innerText(), first);
  await page.keyboard.press("Escape");
}

/** The article as it was known before anybody had read it. @param {any} page @param {string} base @param {{article: string}} made */
async function theSlider(page, base, made) {
  await page.goto(`${base}/articles/${made.article}.html`);
  const marks = page.locator(".text:visible [data-held]");
  const now = await marks.count();
  assert.equal(await page.locator(".text [data-held=person]").count() > 0, true);
  await page.locator("#when").focus();
  await page.keyboard.press("Home");
  assert.equal(await marks.count(), 0);
  assert.match(await page.locator("#when-text").innerText(), /^@\d+ · .*ingested|^@\d+ · /);
  await page.keyboard.press("]");
  await page.keyboard.press("]");
  const early = await marks.count();
  assert.ok(early > 0 && early < now, `${early} of ${now} pieces`);
  const address = new URL(page.url());
  assert.match(address.search, /^\?seq=\d+$/);
  await page.goto(page.url());
  assert.equal(await marks.count(), early);
  await page.getByRole("button", { name: "Latest" }).click();
  assert.equal(await marks.count(), now);
  assert.equal(new URL(page.url()).search, "");
  // The words of the text, in the page.
  await page.keyboard.press("/");
  await page.keyboard.type("kerrin");
  assert.match(await page.locator("#found").innerText(), /^1 of \d+$/);
  await page.keyboard.press("Enter");
  assert.match(await page.locator("#found").innerText(), /^2 of \d+$/);
}

/** @param {any} page @param {string} base */
async function theTimeline(page, base) {
  await page.goto(`${base}/timeline.html`);
  const lane = page.locator(".lane", { has: page.locator(".dot.changed") }).first();
  await lane.locator("a.dot").first().click();
  assert.equal(await lane.locator(".card:visible").count(), 1);
  await lane.locator("a.dot.changed").first().click();
  assert.ok((await lane.locator(".card:visible ins, .card:visible del").count()) > 0);
  // With keys: to the dot before, and back.
  const card = await lane.locator(".card:visible").getAttribute("id");
  await lane.locator("a.dot[aria-current]").focus();
  await page.keyboard.press("ArrowLeft");
  assert.notEqual(await lane.locator(".card:visible").getAttribute("id"), card);
  await page.keyboard.press("ArrowRight");
  assert.equal(await lane.locator(".card:visible").getAttribute("id"), card);
  assert.ok((await page.locator(".series circle").count()) > 3, "amounts are drawn");
  await page.locator("input[type=search]").fill("key rate");
  assert.ok((await page.locator(".lane:visible").count()) >= 1);
  await page.locator(".lane:visible .card:visible a").first().click();
  await page.waitForSelector("#detail:visible");
}

/** @param {any} page @param {string} base */
async function theSpeakers(page, base) {
  await page.goto(`${base}/speakers.html`);
  await page.getByRole("link", { name: "Ingrid Solvay" }).click();
  assert.match(await page.locator("h1").innerText(), /Ingrid Solvay/);
  const text = await page.locator(".card blockquote").first().innerText();
  await page.locator(".card a").first().click();
  await page.waitForSelector("#detail:visible");
  assert.ok(text.includes((await page.locator("#detail blockquote").innerText()).slice(0, 20)));
}

/** @param {any} page @param {string} base @param {{hostile: string}} made */
async function harmless(page, base, made) {
  for (const place of ["index.html", "timeline.html", "speakers.html", `articles/${made.hostile}.html`]) {
    await page.goto(`${base}/${place}`);
    assert.equal(await page.evaluate(() => /** @type {any} */ (window).owned === undefined && !document.querySelector("img, #owned")), true, place);
  }
  assert.equal(await page.locator("h1").textContent(), HOSTILE);
  await page.keyboard.press("j");
  await page.waitForSelector("#detail:visible");
  assert.equal(await page.evaluate(() => !document.querySelector("img, #owned")), true);
}

/** Wide and narrow, light and dark. @param {any} browser @param {string} base @param {{article: string, confirmed: string}} made @param {string} name */
async function looks(browser, base, made, name) {
  const windows = [
    { scheme: "light", size: "wide", viewport: { width: 1280, height: 900 } },
    { scheme: "dark", size: "phone", viewport: { width: 360, height: 740 } },
  ];
  for (const { scheme, size, viewport } of windows) {
    const page = await open(browser, { viewport, colorScheme: scheme });
    for (const place of ["index.html", `articles/${made.article}.html`, `articles/${made.article}.html#a-${made.confirmed}`, "timeline.html", "speakers.html"]) {
      await page.goto(`${base}/${place}`);
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(sideways <= 0, `${place} scrolls sideways by ${sideways} at ${viewport.width}`);
      const shot = `${name}-${place.replace(/#.*/, "-chosen").replace(/articles\/[0-9a-f]+/, "article").replace(".html", "")}-${scheme}-${size}.png`;
      await page.screenshot({ path: path.join(SHOTS, shot) });
      await axeFindsNothing(page, `${place} ${scheme} ${size}`);
    }
    const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const bright = Number(paper.match(/\d+/)?.[0]) > 128;
    assert.equal(bright, scheme === "light", paper);
    await page.locator("button.theme").click();
    await page.reload();
    const turned = Number((await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).match(/\d+/)?.[0]) > 128;
    assert.equal(turned, scheme !== "light", "the choice is kept");
    await page.context().close();
  }
}

/** Everything is there to read without scripts. @param {any} browser @param {string} base @param {{article: string}} made */
async function withoutScripts(browser, base, made) {
  const page = await open(browser, { javaScriptEnabled: false });
  await page.goto(`${base}/articles/${made.article}.html`);
  assert.ok((await page.locator(".text:visible [data-held]").count()) > 5);
  assert.ok((await page.locator(".annotations li:visible").count()) > 5);
  await page.goto(`${base}/timeline.html`);
  assert.ok((await page.locator(".card:visible ins").count()) > 3);
  await page.context().close();
}

/** Only served: what was decided a moment ago is there. @param {any} browser @param {string} base @param {{article: string, confirmed: string}} made */
async function itIsLive(browser, base, made) {
  const page = await open(browser);
  await page.goto(`${base}/articles/${made.article}.html`);
  const before = await page.locator("#when").getAttribute("max");
  const other = rows("view", "quotes").find((row) => row.article === made.article && row.annotation !== made.confirmed);
  verbatim("reject", other.annotation, "--reason", "a headline", "--as", "ana@desk");
  await page.reload();
  assert.equal(Number(await page.locator("#when").getAttribute("max")), Number(before) + 1);
  assert.ok(await page.locator(`#a-${other.annotation}`).isHidden());
  await page.getByLabel("Rejected, retracted").check();
  assert.ok(await page.locator(`#a-${other.annotation}`).isVisible());
  await page.goto(`${base}/timeline.html`);
  const all = await page.locator(".dot").count();
  await page.getByLabel("As known at sequence").fill("60");
  await page.getByRole("button", { name: "Show" }).first().click();
  assert.match(page.url(), /\?seq=60$/);
  assert.ok((await page.locator(".dot").count()) < all);
  await page.context().close();
}

async function main() {
  const began = Date.now();
  const made = makeArchive();
  const site = path.join(work, "site");
  verbatim("export", "--as", "html", site);
  const server = await serve();
  const browser = await chromium.launch({
    executablePath: BROWSER,
    headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  try {
    for (const [name, base] of [["file", `file://${site}`], ["serve", server.url]]) {
      const page = await open(browser);
      await theList(page, base);
      await anArticle(page, base, made);
      await theSlider(page, base, made);
      await theTimeline(page, base);
      await theSpeakers(page, base);
      await harmless(page, base, made);
      await page.context().close();
      await withoutScripts(browser, base, made);
      if (name === "file") await looks(browser, base, made, name);
    }
    await itIsLive(browser, server.url, made);
    assert.deepEqual(complaints, [], "the console stays empty");
  } finally {
    await browser.close();
    assert.equal(await server.stop(), 0, "the server ends cleanly");
  }
  console.log(`browser_test: passed in ${((Date.now() - began) / 1000).toFixed(1)} s; screenshots in ${SHOTS}`);
}

main()
  .catch((error) => {
    console.error(error);
    for (const line of complaints) console.error(line);
    process.exitCode = 1;
  })
  .finally(() => fs.rmSync(work, { recursive: true, force: true }));
