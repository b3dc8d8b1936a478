/** A worker that has not been heard of for so long is taken for dead (it tells every 3 seconds). */
export const STALE_SECONDS = 45;

/** Pause before a failed run is tried again, times the attempts made. */
export const RETRY_PAUSE_SECONDS = 60;
