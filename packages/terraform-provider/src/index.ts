export { provider } from "./provider";
export { version } from "./version";
