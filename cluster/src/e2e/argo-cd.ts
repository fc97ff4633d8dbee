import { request } from "undici";
import { z } from "zod";
import { repositoryUrl } from "../git/repository.ts";
import { kubectl } from "../kubectl.ts";
import { namespaceOf } from "./watch-service.ts";

/** Tells Argo CD that something was pushed, in GitHub's words, as a repository's webhook does. */
export async function sendPushWebhook(argocd: string, commit: string, before: string): Promise<void> {
  const { statusCode, body } = await request(`${argocd}/api/webhook`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-github-event": "push" },
    body: JSON.stringify({
      ref: "refs/heads/main",
      before,
      after: commit,
      repository: { html_url: repositoryUrl.replace(/\.git$/, ""), default_branch: "main" },
      commits: [{ id: commit, added: [], removed: [], modified: [] }],
    }),
  });
  const answer = await body.text();
  if (statusCode !== 200) throw new Error(`Argo CD did not take the webhook: ${statusCode} ${answer}`);
}

const token = z.object({ token: z.string() });

interface ArgoCdAnswer {
  status: number;
  text: string;
}

/** Argo CD's API as its page uses it, in the name of an account. @param account one of argocd/config's */
export async function connectToArgoCd(argocd: string, account: "viewer" | "deployer") {
  async function send(
    method: "GET" | "POST" | "DELETE",
    path: string,
    bearer: string,
    body?: unknown,
  ): Promise<ArgoCdAnswer> {
    const answer = await request(`${argocd}${path}`, {
      method,
      headers: { "content-type": "application/json", ...(bearer && { authorization: `Bearer ${bearer}` }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answer.statusCode, text: await answer.body.text() };
  }
  async function tokenFrom(path: string, bearer: string, body: unknown): Promise<string> {
    const { status, text } = await send("POST", path, bearer, body);
    if (status !== 200) throw new Error(`Argo CD gave no token: ${status} ${text}`);
    return token.parse(JSON.parse(text)).token;
  }

  const admin = await tokenFrom("/api/v1/session", "", {
    username: "admin",
    password: await adminPassword(),
  });
  const bearer = await tokenFrom(`/api/v1/account/${account}/token`, admin, {
    name: account,
    expiresIn: 3_600,
  });
  return {
    get: (path: string): Promise<ArgoCdAnswer> => send("GET", path, bearer),
    post: (path: string, body: unknown): Promise<ArgoCdAnswer> => send("POST", path, bearer, body),
    delete: (path: string): Promise<ArgoCdAnswer> => send("DELETE", path, bearer),
  };
}

export type Account = Awaited<ReturnType<typeof connectToArgoCd>>;

/** What a button beside cart's Rollout does. @param action as Argo CD calls it: pause, resume, abort, retry */
export const steer = (account: Account, environment: string, action: string): Promise<ArgoCdAnswer> =>
  account.post(`/api/v1/applications/${namespaceOf(environment)}-cart/resource/actions/v2`, {
    namespace: namespaceOf(environment),
    resourceName: "cart",
    group: "argoproj.io",
    version: "v1alpha1",
    kind: "Rollout",
    action,
  });

async function adminPassword(): Promise<string> {
  const field = "--output=jsonpath={.data.password}";
  const secret = await kubectl(["--namespace=argocd", "get", "secret", "argocd-initial-admin-secret", field]);
  return Buffer.from(secret, "base64").toString();
}
