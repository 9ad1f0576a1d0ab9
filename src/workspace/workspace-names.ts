/** What makes a folder a workspace. */
export const workspaceFile = "wardctl.yaml";
/** Beside it: the cache, journals, plans. Never in version control. */
export const cacheFolder = ".wardctl";
