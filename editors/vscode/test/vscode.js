// As much of VS Code's interface as the extension and its language client touch: values as they are there, one open
// document, and a record of what would be shown. Whatever else is asked for is a class or function that does nothing.
"use strict";
const { pathToFileURL, fileURLToPath } = require("node:url");

const nothing = () => ({ dispose() {} });
const lenient = (known) =>
  new Proxy(known, {
    get(target, key) {
      if (!(key in target) && typeof key === "string") {
        target[key] = /^[A-Z]/.test(key) ? class {} : nothing;
      }
      return target[key];
    },
  });

class Uri {
  constructor(text) {
    this.text = text;
    this.scheme = text.split(":")[0];
    this.path = new URL(text).pathname;
    this.fsPath = this.scheme === "file" ? fileURLToPath(text) : this.path;
  }
  static parse(text) {
    return new Uri(text);
  }
  static file(path) {
    return new Uri(pathToFileURL(path).href);
  }
  toString() {
    return this.text;
  }
}

class Position {
  constructor(line, character) {
    Object.assign(this, { line, character });
  }
}

class Range {
  constructor(...at) {
    const [start, end] = at.length === 4 ? [new Position(at[0], at[1]), new Position(at[2], at[3])] : at;
    Object.assign(this, { start, end });
  }
}

class Diagnostic {
  constructor(range, message, severity) {
    Object.assign(this, { range, message, severity });
  }
}

class CodeActionKind {
  static Empty = new CodeActionKind("");
  static QuickFix = new CodeActionKind("quickfix");
  constructor(value) {
    this.value = value;
  }
  append(part) {
    return new CodeActionKind([this.value, part].filter(Boolean).join("."));
  }
}

class CodeAction {
  constructor(title, kind) {
    Object.assign(this, { title, kind });
  }
}

class TextEdit {
  constructor(range, newText) {
    Object.assign(this, { range, newText });
  }
}

class WorkspaceEdit {
  edits = [];
  replace(uri, range, newText) {
    this.edits.push(new TextEdit(range, newText));
  }
}

class EventEmitter {
  listeners = [];
  event = (listener) => {
    this.listeners.push(listener);
    return { dispose() {} };
  };
  fire(value) {
    this.listeners.forEach((listener) => listener(value));
  }
  dispose() {}
}

class Disposable {
  constructor(dispose) {
    this.dispose = dispose;
  }
  static from(...all) {
    return new Disposable(() => all.forEach((one) => one.dispose()));
  }
}

class CancellationTokenSource {
  token = { isCancellationRequested: false, onCancellationRequested: nothing };
  cancel() {}
  dispose() {}
}

class TabInputText {
  constructor(uri) {
    this.uri = uri;
  }
}

/** A VS Code with these settings, in which one document is open. */
function vscode(settings, document) {
  const shown = { errors: [], diagnostics: new Map(), codeActions: [], commands: new Map(), settingsChanged: new EventEmitter() };
  const editor = { document };
  const collection = {
    set: (uri, found) => shown.diagnostics.set(uri.toString(), found ?? []),
    delete: (uri) => shown.diagnostics.delete(uri.toString()),
    clear: () => shown.diagnostics.clear(),
    dispose: () => {},
  };
  const matches = (filter) =>
    (!filter.language || filter.language === document.languageId) && (!filter.scheme || filter.scheme === document.uri.scheme);
  const api = lenient({
    Uri, Position, Range, Diagnostic, CodeActionKind, CodeAction, TextEdit, WorkspaceEdit, EventEmitter, TabInputText,
    CancellationTokenSource, Disposable,
    version: "1.82.0",
    DiagnosticSeverity: { Error: 0, Warning: 1, Information: 2, Hint: 3 },
    CodeActionTriggerKind: { Invoke: 1, Automatic: 2 },
    CompletionItemKind: lenient({}),
    SymbolKind: lenient({}),
    env: { appName: "a test", language: "en" },
    extensions: { getExtension: () => undefined },
    commands: {
      registerCommand(name, answer) {
        shown.commands.set(name, answer);
        return { dispose: () => shown.commands.delete(name) };
      },
    },
    languages: lenient({
      match: (selector, asked) => (asked === document && [selector].flat().some(matches) ? 10 : 0),
      createDiagnosticCollection: () => collection,
      registerCodeActionsProvider(_, provider) {
        shown.codeActions.push(provider);
        return { dispose() {} };
      },
    }),
    window: lenient({
      activeTextEditor: editor,
      visibleTextEditors: [editor],
      tabGroups: { all: [{ tabs: [{ input: new TabInputText(document.uri) }] }], onDidChangeTabs: nothing },
      createOutputChannel: () => ({ append() {}, appendLine() {}, show() {}, dispose() {} }),
      showErrorMessage: async (message) => void shown.errors.push(message),
    }),
    workspace: lenient({
      textDocuments: [document],
      workspaceFolders: [{ uri: Uri.file(process.cwd()), name: "here", index: 0 }],
      getConfiguration: () => ({ get: (key, otherwise) => settings[key] ?? otherwise }),
      onDidChangeConfiguration: shown.settingsChanged.event,
      createFileSystemWatcher: () => ({ onDidCreate: nothing, onDidChange: nothing, onDidDelete: nothing, dispose() {} }),
    }),
  });
  return { api, shown };
}

module.exports = { Range, Uri, vscode };
