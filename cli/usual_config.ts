/**
 * Which settings file is looked at when none is named. Reads none.
 * @module
 */
import type { Places } from "../config/places.ts";
import { isThere } from "./found_files.ts";
import { SERVICE } from "./service_unit.ts";

/**
 * That of this user, else that of the service, so that who comes by SSH as himself sees
 * what runs; that of this user again when there is neither.
 */
export function usualConfigFile(
  places: Pick<Places, "configFile">,
  service: string = SERVICE.configFile,
): string {
  return [places.configFile, service].find(isThere) ?? places.configFile;
}
