import { asProblem, Overloaded, type Problem } from "@mall/kit";
import type { ErrorRequestHandler, Request, Response } from "express";
import { busyPages } from "./busy-page.tsx";
import { ErrorView } from "./components/error-view.tsx";
import { messagesOf } from "./i18n/messages.ts";
import type { ShowPage } from "./page.tsx";
import { missingPart, type Part } from "./parts.ts";
import type { OpenVisit, Visit } from "./visit.ts";

interface Dependencies {
  openVisit: OpenVisit;
  showPage: ShowPage;
}

/** Shows errors to people as pages of the shop; programs get the problem document. */
export function createErrorHandler({ openVisit, showPage }: Dependencies): ErrorRequestHandler {
  return async (error: unknown, request, response, next) => {
    if (response.headersSent || !wantsPage(request)) return next(error);
    const problem = asProblem(error);
    const visit = openVisit(request, response);
    if (problem instanceof Overloaded) return sendBusy(request, response, problem, visit);
    const { status, body, headers } = await showPage(
      visit,
      toPage(problem, visit, {
        reference: String(response.getHeader("x-request-id")),
        missing: problem.status > 500 ? missingPart(error) : undefined,
      }),
    );
    if (problem.retryAfter !== undefined) response.set("retry-after", String(problem.retryAfter));
    response
      .status(status)
      .set({ ...headers, "cache-control": "no-store" })
      .type("text/html")
      .send(body);
  };
}

/** Before any middleware has run. A browser asks again by itself, except for what was posted. */
function sendBusy(request: Request, response: Response, problem: Overloaded, { locale }: Visit): void {
  const again = String(problem.retryAfter);
  response
    .status(problem.status)
    .set({
      "retry-after": again,
      "cache-control": "no-store",
      "content-security-policy": "default-src 'none'",
    })
    .set(request.method === "GET" ? { refresh: again } : {})
    .type("text/html")
    .send(busyPages[locale]);
}

const wantsPage = (request: Request): boolean => request.headers.accept?.includes("text/html") ?? false;

interface Circumstances {
  reference: string;
  /** Whose answer the page would have needed. */
  missing: Part | undefined;
}

function toPage(problem: Problem, { locale, here }: Visit, { reference, missing }: Circumstances) {
  const { errors } = messagesOf(locale);
  const { title, text } = wordsFor(problem, errors);
  return {
    title,
    status: problem.status,
    body: (
      <ErrorView
        title={title}
        text={missing ? `${errors.parts[missing]} ${text}` : text}
        missing={missing}
        reference={reference}
        retry={problem.status >= 500 ? here : undefined}
      />
    ),
  };
}

function wordsFor({ status, code }: Problem, errors: ReturnType<typeof messagesOf>["errors"]) {
  if (code === "cross-site") return { title: errors.crossSite, text: errors.crossSiteText };
  if (status === 404) return { title: errors.notFound, text: errors.notFoundText };
  if (status < 500) return { title: errors.invalid, text: errors.invalidText };
  if (status === 500) return { title: errors.title, text: errors.internalText };
  return { title: errors.unavailable, text: errors.unavailableText };
}
