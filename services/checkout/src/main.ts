import { runService } from "@mall/kit";
import { checkout } from "./app.ts";

await runService(checkout);
