// Given to Node with --import: writes the names of the npm packages that the process loaded to the file WARDCTL_PACKAGES names.
import { writeFileSync } from "node:fs";
import { registerHooks } from "node:module";

const packages = new Set();
registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    const name = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(found.url)?.[1];
    if (name) packages.add(name);
    return found;
  },
});
process.on("exit", () => writeFileSync(process.env.WARDCTL_PACKAGES, [...packages].sort().join("\n")));
