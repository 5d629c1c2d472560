// Package main is the provider that `npm run bench` measures this project's against: what a team would write in Go on
// terraform-plugin-framework for the same API, with the same schema, reading each resource by one request of its own. It is as plain as
// such providers are, and does nothing about published metadata, drift or lost answers.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
	"os"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

func main() {
	options := providerserver.ServeOpts{Address: "registry.terraform.io/mcpstack/peer", ProtocolVersion: 6}
	if err := providerserver.Serve(context.Background(), func() provider.Provider { return &peer{} }, options); err != nil {
		log.Fatal(err)
	}
}

type peer struct{}

func (*peer) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "peer"
}

func (*peer) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{}
}

func (*peer) Configure(_ context.Context, _ provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	// As many connections as this project's own client keeps.
	transport.MaxIdleConnsPerHost = 10
	transport.MaxConnsPerHost = 10
	resp.ResourceData = &api{
		base:         strings.TrimRight(os.Getenv("MCPSTACK_API_URL"), "/"),
		token:        os.Getenv("MCPSTACK_ACCESS_TOKEN"),
		organization: os.Getenv("MCPSTACK_ORG_ID"),
		http:         &http.Client{Transport: transport},
	}
}

func (*peer) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{
		func() resource.Resource { return &gatewayResource{} },
		func() resource.Resource { return &attachmentResource{} },
	}
}

func (*peer) DataSources(context.Context) []func() datasource.DataSource { return nil }

// api sends requests below the organization.
type api struct {
	base, token, organization string
	http                      *http.Client
}

// call sends a body, where there is one, and reads the answer into `into`. It says whether there was something: 404 is nothing.
func (a *api) call(ctx context.Context, method, path string, body, into any) (bool, error) {
	var sent io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return false, err
		}
		sent = bytes.NewReader(text)
	}
	address := fmt.Sprintf("%s/api/v1/organizations/%s/%s", a.base, url.PathEscape(a.organization), path)
	request, err := http.NewRequestWithContext(ctx, method, address, sent)
	if err != nil {
		return false, err
	}
	request.Header.Set("Authorization", "Bearer "+a.token)
	request.Header.Set("Accept", "application/json")
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := a.http.Do(request)
	if err != nil {
		return false, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return false, err
	}
	if response.StatusCode == http.StatusNotFound {
		return false, nil
	}
	if response.StatusCode >= 300 {
		return false, fmt.Errorf("%s %s was answered %d: %s", method, path, response.StatusCode, text)
	}
	if into == nil || len(text) == 0 {
		return true, nil
	}
	return true, json.Unmarshal(text, into)
}
