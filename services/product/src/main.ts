import { runService } from "@mall/kit";
import { product } from "./app.ts";

await runService(product);
