import { runService } from "@mall/kit";
import { ad } from "./app.ts";

await runService(ad);
