import { runService } from "@mall/kit";
import { cart } from "./app.ts";

await runService(cart);
