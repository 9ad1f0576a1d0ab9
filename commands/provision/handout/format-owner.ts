/** `CB2700404`; `27004/van-phong/clerk` → `27004 clerk`, whose department the user name tells: a key is too long for a narrow terminal. */
export function formatOwner(subject: string): string {
  const parts = subject.split("/");
  return parts.length === 3 ? `${parts[0]} ${parts[2]}` : subject;
}
