import { BadRequest, isRefusal } from "@mall/kit";

/**
 * Reads a page of a list. A cursor that the list does not know comes from the shopper's address: that is a bad
 * request, not a failure of the service that refused it.
 */
export async function readListing<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!isRefusal(error, 400)) throw error;
    throw new BadRequest(error.problem.detail, error.problem.errors, error);
  }
}
