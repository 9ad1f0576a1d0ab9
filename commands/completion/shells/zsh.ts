import type { Place, Value } from "../command-tree.ts";
import { at, choicesOf, groupByValue, quote, toSteps } from "../offers.ts";

/** `'name:what it is'` of `_describe`. */
const zshEntry = ({ name, about }: { readonly name: string; readonly about: string }): string =>
  quote(`${name.replaceAll(":", "\\:")}:${about}`);

export function toZsh(places: readonly Place[]): string {
  const offers: Record<Value["kind"], (value: Value) => string> = {
    choice: (value) => `compadd -- ${choicesOf(value).map(quote).join(" ")}`,
    file: () => "_files",
    folder: () => "_files -/",
    free: () => "_message value",
  };
  const values = [...groupByValue(places).values()].map(
    ({ value, patterns }) => `    ${patterns.join("|")}) ${offers[value.kind](value)}; return ;;`,
  );
  const words = places.map((place) => {
    const flags = place.flags.map(zshEntry).join(" ");
    const plain = [...place.next.map(zshEntry), ...choicesOf(place.value).map((name) => quote(name))].join(" ");
    const paths = place.value.kind === "file" ? "_files" : place.value.kind === "folder" ? "_files -/" : "";
    return `    "${at(place)}")\n      flags=(${flags})\n      plain=(${plain})\n      paths=${quote(paths)} ;;`;
  });
  return `#compdef wardctl
_wardctl() {
  local place=wardctl word paths=
  local -a flags plain
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$place $word" in
    ${toSteps(places)}) place="$place $word" ;;
    esac
  done
  case "$place \${words[CURRENT-1]}" in
${values.join("\n")}
  esac
  case "$place" in
${words.join("\n")}
  esac
  if [[ $PREFIX == -* ]]; then _describe -o option flags; return; fi
  (( $#plain )) && _describe command plain
  [[ -n $paths ]] && \${=paths}
}
# Read by a shell that is running, or found on its path as a function of this name.
if [ "$funcstack[1]" = _wardctl ]; then _wardctl "$@"; else compdef _wardctl wardctl; fi
`;
}
