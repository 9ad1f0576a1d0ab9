import type { Place, Value } from "../command-tree.ts";
import { at, byName, choicesOf, groupByValue, quote, spellings, toSteps } from "../offers.ts";

export function toBash(places: readonly Place[]): string {
  const offers: Record<Value["kind"], (value: Value) => string> = {
    choice: (value) => `COMPREPLY=($(compgen -W ${quote(choicesOf(value).join(" "))} -- "$current"))`,
    file: () => 'COMPREPLY=($(compgen -f -- "$current"))',
    folder: () => 'COMPREPLY=($(compgen -d -- "$current"))',
    free: () => "COMPREPLY=()",
  };
  const values = [...groupByValue(places).values()].map(
    ({ value, patterns }) => `    ${patterns.join("|")}) ${offers[value.kind](value)}; return ;;`,
  );
  const words = places.map((place) => {
    const plain = [...place.next.map(byName), ...choicesOf(place.value)].join(" ");
    const flags = place.flags.flatMap(spellings).join(" ");
    const paths = place.value.kind === "file" ? "f" : place.value.kind === "folder" ? "d" : "";
    return `    "${at(place)}") plain=${quote(plain)} flags=${quote(flags)} paths=${quote(paths)} ;;`;
  });
  return `# bash completion for wardctl
_wardctl() {
  local IFS=$' \\t\\n' current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} place=wardctl plain= flags= paths= i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$place \${COMP_WORDS[i]}" in
    ${toSteps(places)}) place="$place \${COMP_WORDS[i]}" ;;
    esac
  done
  case "$place $before" in
${values.join("\n")}
  esac
  case "$place" in
${words.join("\n")}
  esac
  if [[ $current == -* ]]; then COMPREPLY=($(compgen -W "$flags" -- "$current")); return; fi
  COMPREPLY=($(compgen -W "$plain" -- "$current"))
  IFS=$'\\n'
  [[ -n $paths ]] && COMPREPLY+=($(compgen -"$paths" -- "$current"))
}
complete -o filenames -F _wardctl wardctl
`;
}
