import { request } from "undici";
import { repositoryUrl } from "../git/repository.ts";

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
