/** The rehearsed cloud: providers for `aws`, `awsx` and `kubernetes`, and a generic one for every other package. */
export { modelledTypes, rehearsedCloud } from "./rehearsed-cloud.ts";
