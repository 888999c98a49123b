#!/usr/bin/env node
// Plain JavaScript on purpose: any old Node must be able to read this file far enough to say the one line below.
const wanted = [24, 15];
const have = process.versions.node.split(".").map(Number);

/**
 * npm runs a package's scripts in the package's own folder: `npm run leastwise -- scan a.json` in a folder below would look for
 * the file above. The paths a person types mean the folder they stand in. Another package's script of that name is left alone.
 */
function standWhereTheyStand(fs) {
  const stood = process.env["INIT_CWD"];
  if (process.env["npm_lifecycle_event"] !== "leastwise" || !stood) return;
  const own = fs.realpathSync(new URL("..", import.meta.url));
  if (fs.realpathSync(process.cwd()) === own && fs.existsSync(stood)) process.chdir(stood);
}

if (have[0] < wanted[0] || (have[0] === wanted[0] && have[1] < wanted[1])) {
  process.stderr.write(
    "leastwise needs Node " +
      wanted.join(".") +
      " or newer, this is " +
      process.versions.node +
      "\n  hint: in a checkout, `npm ci` brings its own Node and `npm run -s leastwise -- …` uses it; elsewhere install Node 24\n",
  );
  process.exitCode = 2;
} else {
  void import("node:module")
    .then(function (module) {
      module.enableCompileCache();
      return import("node:v8");
    })
    .then(function (v8) {
      // Left alone, the heap of a large scan grows to three times what lives in it before anything is thrown away; this
      // costs a tenth of the time and saves a gigabyte.
      v8.setFlagsFromString("--heap-growing-percent=30");
      return import("node:fs");
    })
    .then(function (fs) {
      standWhereTheyStand(fs);
      // The published package holds compiled JavaScript; a checkout runs its TypeScript as it is.
      const compiled = new URL("../dist/src/main.js", import.meta.url);
      const source = new URL("../src/main.ts", import.meta.url);
      return import(fs.existsSync(source) ? source.href : compiled.href);
    })
    .then(function (main) {
      return main.main(process.argv);
    })
    .then(function (code) {
      process.exitCode = code;
    })
    .catch(function (error) {
      process.stderr.write(
        "error: leastwise could not start: " +
          (error && error.stack ? error.stack : error) +
          "\n  hint: in a checkout, run `npm ci` again\n",
      );
      process.exitCode = 70;
    });
}
