import { profileCase } from "../case";

export default profileCase({
  profile: () => ({ resource: "orders-api" }),
  write: () => ({ resource: "urn:example:orders" }),
});
