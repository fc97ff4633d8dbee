import { runService } from "@mall/kit";
import { search } from "./app.ts";

await runService(search);
