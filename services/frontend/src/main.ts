import { runService } from "@mall/kit";
import { frontend } from "./app.ts";

await runService(frontend);
