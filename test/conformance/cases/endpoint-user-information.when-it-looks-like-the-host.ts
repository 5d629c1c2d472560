import { profileCase } from "../case";

export default profileCase({
  arrange: (issuer) => issuer.setMetadata({ token_endpoint: "https://id.example.com@tokens.example.net/token" }),
});
