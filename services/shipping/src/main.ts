import { runService } from "@mall/kit";
import { shipping } from "./app.ts";

await runService(shipping);
