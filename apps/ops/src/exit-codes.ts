/** What a verb tells the shell, or cron, that ran it. 1, the shell's own, is for a verb that failed. */
export const DONE = 0;
/** Done, and there is something a person should look at. */
export const LOOK_AT_THIS = 3;
