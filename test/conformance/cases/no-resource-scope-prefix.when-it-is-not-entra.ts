import { profileCase } from "../case";

export default profileCase({ profile: () => ({ resource: "api://a", scopes: ["openid", "api://b/Orders.Read"] }) });
