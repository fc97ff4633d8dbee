import type { Health, RequestStats } from "../api-types.ts";

/**
 * Kiali's default tolerance (health_config.rate): 5xx degrade from 0.1 % and fail above 10 %, 4xx from 10 % and
 * above 20 %.
 */
export function healthOf({ count, errorShare, clientErrorShare }: RequestStats): Health {
  if (count === 0) return "idle";
  if (errorShare > 0.1 || clientErrorShare > 0.2) return "failing";
  if (errorShare >= 0.001 || clientErrorShare >= 0.1) return "degraded";
  return "healthy";
}
