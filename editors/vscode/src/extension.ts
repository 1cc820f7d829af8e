import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from "vscode-languageclient/node";

let client: LanguageClient | undefined;
let turn: Promise<void> = Promise.resolve();

/** One start or stop after the other, however quickly settings change. */
function inTurn(...steps: (() => Promise<void>)[]): Promise<void> {
  for (const step of steps) {
    turn = turn.then(step);
  }
  return turn;
}

function newClient(): LanguageClient {
  const settings = vscode.workspace.getConfiguration("postlint");
  const server: ServerOptions = {
    command: settings.get("path", "postlint"),
    args: settings.get("arguments", ["lsp"]),
  };
  const languages = settings.get("languages", ["markdown", "plaintext", "yaml"]);
  const options: LanguageClientOptions = {
    documentSelector: languages.flatMap((language) => [
      { language, scheme: "file" },
      { language, scheme: "untitled" },
    ]),
  };
  return new LanguageClient("postlint", "postlint", server, options);
}

async function start(): Promise<void> {
  client = newClient();
  try {
    await client.start();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(
      `postlint could not be started (${reason}). Install it with its server, postlint[lsp], ` +
        "or say in the setting “postlint.path” where it is.",
    );
  }
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  if (running?.isRunning()) {
    await running.stop();
  }
}

const restart = (): Promise<void> => inTurn(stop, start);

/** Start the server, and again whenever a setting that it was started with changes. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  context.subscriptions.push(
    vscode.commands.registerCommand("postlint.restart", restart),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("postlint")) {
        void restart();
      }
    }),
  );
  await inTurn(start);
}

/** Stop the server, if it runs. */
export const deactivate = (): Promise<void> => inTurn(stop);
