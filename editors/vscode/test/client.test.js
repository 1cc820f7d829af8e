// The extension as it is shipped, against the real server. POSTLINT names the program; else `postlint` is looked for.
"use strict";
const assert = require("node:assert/strict");
const fs = require("node:fs");
const Module = require("node:module");
const os = require("node:os");
const path = require("node:path");
const { afterEach, beforeEach, test } = require("node:test");
const { Range, Uri, vscode } = require("./vscode.js");

const PROGRAM = process.env.POSTLINT ?? "postlint";
const FRONT = "---\nplatform: facebook\nmood: fine\n---\n";
const DRAFT = `${FRONT}🏴󠁧󠁢󠁷󠁬󠁳󠁿 You are an idiot!!!\n`;
const A_WHILE = 3_000;

let team;
let extension;

beforeEach(() => {
  team = fs.mkdtempSync(path.join(os.tmpdir(), "a team, "));
  fs.mkdirSync(path.join(team, ".git"));
  fs.writeFileSync(path.join(team, ".postlint.yaml"), "posts: drafts/\nextra_keys: [mood]\n");
});

afterEach(async () => {
  await extension.deactivate();
  fs.rmSync(team, { recursive: true });
});

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

async function until(holds) {
  for (const end = Date.now() + 15_000; !holds() && Date.now() < end; ) {
    await pause(20);
  }
  assert.ok(holds());
}

/** The extension, started beside an open draft; `require("vscode")` gives it the VS Code of this test. */
async function opened(name, languageId, settings = {}, text = DRAFT) {
  settings.path ??= PROGRAM;
  const document = { uri: Uri.file(path.join(team, name)), languageId, version: 1, isClosed: false, getText: () => text };
  const { api, shown } = vscode(settings, document);
  const load = Module._load;
  Module._load = (request, ...rest) => (request === "vscode" ? api : load(request, ...rest));
  try {
    Object.keys(require.cache).filter((file) => !file.includes(`${path.sep}test${path.sep}`)).forEach((file) => delete require.cache[file]);
    extension = require("../out/extension.js");
  } finally {
    Module._load = load;
  }
  await extension.activate({ subscriptions: [] });
  return { document, shown, found: () => shown.diagnostics.get(document.uri.toString()) ?? [] };
}

const place = ({ start, end }) => [start.line, start.character, end.line, end.character];

for (const [name, languageId] of [["drafts/new.md", "markdown"], ["drafts/a folder/Ünder.txt", "plaintext"]]) {
  test(`findings in ${name} stand where VS Code counts them, in UTF-16`, async () => {
    const { found, shown } = await opened(name, languageId);
    await until(() => found().length > 0);
    const seen = found().map(({ range, code, severity, source }) => [...place(range), code.value ?? code, severity, source]);
    assert.deepEqual(seen, [
      [4, 26, 4, 31, "insult", 0, "postlint"],
      [4, 31, 4, 34, "exclamation-row", 2, "postlint"],
    ]);
    assert.deepEqual(shown.errors, []);
  });
}

test("a quick fix puts one mark for three", async () => {
  const { document, found, shown } = await opened("drafts/new.md", "markdown");
  await until(() => found().length > 0);
  const context = { diagnostics: found(), only: undefined, triggerKind: 1 };
  const token = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose() {} }) };
  const actions = await shown.codeActions[0].provideCodeActions(document, new Range(4, 31, 4, 34), context, token);
  const { edit, isPreferred, kind } = actions.find(({ title }) => title === "Keep one mark");
  assert.deepEqual(edit.edits.map(({ range, newText }) => [...place(range), newText]), [[4, 31, 4, 34, "!"]]);
  assert.ok(isPreferred);
  assert.equal(kind.value, "quickfix");
});

test("a mistake in the team's configuration is shown in it", async () => {
  const { found } = await opened(".postlint.yaml", "yaml", {}, "post: drafts/\n");
  await until(() => found().length > 0);
  assert.match(found()[0].message, /did you mean posts/);
});

test("what is no draft of the team's is left alone", async () => {
  const { found, shown } = await opened("notes.md", "markdown");
  await pause(A_WHILE);
  assert.deepEqual([found(), shown.errors], [[], []]);
});

test("a language that is not among the settings' is left alone", async () => {
  const { found, shown } = await opened("drafts/new.md", "markdown", { languages: ["plaintext"] });
  await pause(A_WHILE);
  assert.deepEqual([found(), shown.errors], [[], []]);
});

test("a program that is not there is named, with what to do", async () => {
  const { shown } = await opened("drafts/new.md", "markdown", { path: "/nowhere/postlint" });
  const [message] = shown.errors.filter((error) => error.startsWith("postlint could not be started"));
  assert.match(message, /postlint\.path/);
});

test("the server starts anew when a setting changes, and by its command", async () => {
  const settings = { languages: ["plaintext"] };
  const { found, shown } = await opened("drafts/new.md", "markdown", settings);
  assert.deepEqual(found(), []);
  settings.languages = ["markdown"];
  shown.settingsChanged.fire({ affectsConfiguration: (section) => section === "postlint" });
  await until(() => found().length === 2);
  shown.diagnostics.clear();
  await shown.commands.get("postlint.restart")();
  await until(() => found().length === 2);
});
