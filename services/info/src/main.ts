import { runService } from "@mall/kit";
import { info } from "./app.ts";

await runService(info);
