import { runService } from "@mall/kit";
import { email } from "./app.ts";

await runService(email);
