import { randomInt, timingSafeEqual } from "node:crypto";

/**
 * The offer to begin with one's own data instead of the demo, to whoever knows the code. The terminal shows it: so nobody
 * who merely reaches the port first decides over the installation. It is open until it is accepted, closed, or tried too
 * often.
 */
export class OwnDataOffer {
  readonly code = newCode();
  /** Resolves once it is accepted. */
  readonly accepted: Promise<void>;
  #state: "open" | "accepted" | "closed" = "open";
  #triesLeft = TRIES;
  #accept!: () => void;

  constructor() {
    this.accepted = new Promise((resolve) => {
      this.#accept = resolve;
    });
  }

  get state(): "open" | "accepted" | "closed" {
    return this.#state;
  }

  /** @param code as typed: case, spaces and dashes don't matter */
  answer(code: string): "accepted" | "wrong" | "closed" {
    if (this.#state !== "open") return "closed";
    if (sameText(lettersOf(code), lettersOf(this.code))) {
      this.acceptHere();
      return "accepted";
    }
    this.#triesLeft -= 1;
    if (this.#triesLeft === 0) this.#state = "closed";
    return "wrong";
  }

  /** Accepts it without the code: for the terminal. */
  acceptHere(): void {
    if (this.#state !== "open") return;
    this.#state = "accepted";
    this.#accept();
  }

  /** From now on it can't be accepted any more. Does nothing where it was. */
  close(): void {
    if (this.#state === "open") this.#state = "closed";
  }
}

const TRIES = 10;
/** Without letters and digits that look alike. */
const ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const CODE_LENGTH = 8;

function newCode(): string {
  const letters = Array.from({ length: CODE_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
  return `${letters.slice(0, CODE_LENGTH / 2)}-${letters.slice(CODE_LENGTH / 2)}`;
}

function lettersOf(code: string): string {
  return code.toUpperCase().replace(/[^A-Z0-9]/g, "");
}

function sameText(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
