import { runService } from "@mall/kit";
import { purchase } from "./app.ts";

await runService(purchase);
