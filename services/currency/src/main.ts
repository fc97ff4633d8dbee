import { runService } from "@mall/kit";
import { currency } from "./app.ts";

await runService(currency);
