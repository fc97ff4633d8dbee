import { render } from "preact";
import { App } from "./frame/app.tsx";
import { followLinks } from "./frame/address.ts";
import { connectLive, LiveFeed } from "./live/live-feed.ts";

const root = document.getElementById("page");
if (root === null) throw new Error("index.html has no #page");

const feed = connectLive();
followLinks(document);
render(
  <LiveFeed.Provider value={feed}>
    <App />
  </LiveFeed.Provider>,
  root,
);
