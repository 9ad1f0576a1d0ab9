/** userAccountControl ([MS-ADTS] §2.2.16). */
const disabled = 0x2;
const noPasswordNeeded = 0x20;
const normalAccount = 0x200;

/** 546: made without a password, so that nobody can sign in before one is set. Active Directory refuses 512 without a password. */
export const madeWithoutPassword = normalAccount | noPasswordNeeded | disabled;

/** 514: never to sign in. */
export const madeLocked = normalAccount | disabled;

export interface AdFlags {
  readonly userAccountControl: number;
  /** "0" until a first password is set, and again while it must be changed. */
  readonly pwdLastSet: string;
}

/**
 * An account that never had a password is made and waits for its first one: nobody disabled it. Only the flag 0x2 without 0x20 is
 * somebody's decision.
 */
export function isWaitingForPassword({ userAccountControl, pwdLastSet }: AdFlags): boolean {
  const both = disabled | noPasswordNeeded;
  return (userAccountControl & both) === both && pwdLastSet === "0";
}

export function isActive(flags: AdFlags): boolean {
  return (flags.userAccountControl & disabled) === 0 || isWaitingForPassword(flags);
}

/** Only the flag itself changes; of an account without a password the permission to have none goes too, or it would still count as waiting. */
export function toActiveFlags(flags: AdFlags, active: boolean): number {
  const { userAccountControl } = flags;
  if (active) return isWaitingForPassword(flags) ? userAccountControl : userAccountControl & ~disabled;
  return (isWaitingForPassword(flags) ? userAccountControl & ~noPasswordNeeded : userAccountControl) | disabled;
}

/** With its first password an account opens (512); one that was disabled stays so. */
export function toFlagsWithPassword(flags: AdFlags): number {
  const { userAccountControl } = flags;
  return userAccountControl & ~noPasswordNeeded & (isWaitingForPassword(flags) ? ~disabled : ~0);
}

/** [MS-ADTS] §3.1.1.3.1.5.1: the password in double quotes, UTF-16LE. */
export function toUnicodePwd(secret: string): Buffer {
  return Buffer.from(`"${secret}"`, "utf16le");
}
