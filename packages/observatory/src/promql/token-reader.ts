import { tokenize, type Token, type TokenKind } from "./lexer.ts";
import { PromqlError } from "./promql-error.ts";

const END: Token = { kind: "end", text: "the end", position: 0 };

/** Hands out the tokens of a query one after the other. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  #at = 0;

  /** @throws {PromqlError} */
  constructor(query: string) {
    this.#tokens = tokenize(query);
  }

  /** The next token, or one behind it; it stays. */
  peek(ahead = 0): Token {
    return this.#tokens[this.#at + ahead] ?? this.#tokens.at(-1) ?? END;
  }

  next(): Token {
    const token = this.peek();
    this.#at++;
    return token;
  }

  isSymbol(text: string): boolean {
    const { kind, text: found } = this.peek();
    return kind === "symbol" && found === text;
  }

  isWord(...words: readonly string[]): boolean {
    const { kind, text } = this.peek();
    return kind === "identifier" && words.includes(text.toLowerCase());
  }

  /** Takes the symbol when it is next. */
  takeSymbol(text: string): boolean {
    const found = this.isSymbol(text);
    if (found) this.#at++;
    return found;
  }

  /** @throws {PromqlError} when something else is next */
  expectSymbol(text: string): Token {
    if (!this.isSymbol(text)) throw this.unexpected(`"${text}"`);
    return this.next();
  }

  /** @throws {PromqlError} when something else is next */
  expect(kind: TokenKind, what: string): Token {
    if (this.peek().kind !== kind) throw this.unexpected(what);
    return this.next();
  }

  unexpected(wanted: string): PromqlError {
    const { kind, text, position } = this.peek();
    return new PromqlError(
      `expected ${wanted}, found ${kind === "end" ? text : JSON.stringify(text)}`,
      position,
    );
  }
}
