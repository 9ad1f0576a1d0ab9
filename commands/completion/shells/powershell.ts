import type { Place } from "../command-tree.ts";
import { at, choicesOf, groupByValue } from "../offers.ts";

export function toPowerShell(places: readonly Place[]): string {
  const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
  const entry = ({ name, about }: { readonly name: string; readonly about: string }): string =>
    `@(${text(name)}, ${text(about)})`;
  const list = (entries: readonly string[]): string => `@(${entries.map((one) => `,${one}`).join("; ")})`;
  const rows = places.map((place) => {
    const plain = [...place.next, ...choicesOf(place.value).map((name) => ({ name, about: name }))];
    return `    ${text(at(place))} = @{ Plain = ${list(plain.map(entry))}; Flags = ${list(place.flags.map(entry))} }`;
  });
  const values = [...groupByValue(places).values()]
    .filter(({ value }) => value.kind === "choice")
    .flatMap(({ value, patterns }) =>
      patterns.map((pattern) => `    ${text(pattern.slice(1, -1))} = @(${choicesOf(value).map(text).join(", ")})`),
    );
  return `# PowerShell completion for wardctl
Register-ArgumentCompleter -Native -CommandName wardctl -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $places = @{
${rows.join("\n")}
  }
  $values = @{
${values.join("\n")}
  }
  $place = 'wardctl'
  $before = ''
  foreach ($element in @($commandAst.CommandElements | Select-Object -Skip 1)) {
    if ($element.Extent.EndOffset -ge $cursorPosition) { break }
    $before = $element.ToString()
    if ($places.ContainsKey("$place $before")) { $place = "$place $before" }
  }
  & {
    if ($values.ContainsKey("$place $before")) { $values["$place $before"] | ForEach-Object { ,@($_, $_) } }
    elseif ($wordToComplete.StartsWith('-')) { $places[$place].Flags }
    else { $places[$place].Plain }
  } | Where-Object { $_[0] -like "$wordToComplete*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_[0], $_[0], 'ParameterValue', $_[1])
  }
}
`;
}
