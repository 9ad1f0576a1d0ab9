import type { Place, Value } from "../command-tree.ts";
import { at, choicesOf, quote } from "../offers.ts";

export function toFish(places: readonly Place[]): string {
  const lines = places.flatMap((place) => {
    const here = `-n ${quote(`__wardctl_at "${at(place)}"`)}`;
    return [
      ...place.next.map(({ name, about }) => `complete -c wardctl ${here} -f -a ${quote(name)} -d ${quote(about)}`),
      ...(place.value.kind === "choice" ? [`complete -c wardctl ${here} -f -a ${quote(choicesOf(place.value).join(" "))}`] : []),
      ...(place.value.kind === "free" ? [`complete -c wardctl ${here} -f`] : []),
      ...place.flags.map((flag) => {
        const short = flag.short === undefined ? "" : ` -s ${flag.short.slice(1)}`;
        const values: Record<Value["kind"], string> = {
          choice: ` -x -a ${quote(choicesOf(flag.value).join(" "))}`,
          file: " -r -F",
          folder: ` -x -a ${quote("(__fish_complete_directories)")}`,
          free: " -x",
        };
        const value = flag.value === undefined ? "" : values[flag.value.kind];
        return `complete -c wardctl ${here} -l ${flag.name.slice(2)}${short}${value} -d ${quote(flag.about)}`;
      }),
    ];
  });
  const steps = places.filter(({ words }) => words !== "").map((place) => quote(at(place)));
  return `# fish completion for wardctl
function __wardctl_at
    set -l place wardctl
    for word in (commandline -opc)[2..-1]
        switch "$place $word"
            case ${steps.join(" ")}
                set place "$place $word"
        end
    end
    test "$place" = "$argv[1]"
end
${lines.join("\n")}
`;
}
