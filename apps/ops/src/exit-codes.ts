/** What a verb tells the shell, or cron, that ran it. */
export const DONE = 0;
/** It did not do it: refused, used wrongly, or something it needs is away. Nothing was half done. */
export const FAILED = 1;
/** Done, and there is something a person should look at. */
export const LOOK_AT_THIS = 3;
/** Asked for, and it goes on without this command: Ctrl-C, or nobody has begun it yet. */
export const GOES_ON = 4;
