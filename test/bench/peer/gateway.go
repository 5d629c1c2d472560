package main

import (
	"context"
	"encoding/json"
	"net/url"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/objectplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

type gatewayResource struct{ api *api }

type gatewayModel struct {
	Name                   types.String `tfsdk:"name"`
	Description            types.String `tfsdk:"description"`
	ProviderType           types.String `tfsdk:"provider_type"`
	AuthorizationServerURL types.String `tfsdk:"authorization_server_url"`
	MetadataURL            types.String `tfsdk:"metadata_url"`
	AuthorizationEndpoint  types.String `tfsdk:"authorization_endpoint"`
	TokenEndpoint          types.String `tfsdk:"token_endpoint"`
	RegistrationEndpoint   types.String `tfsdk:"registration_endpoint"`
	ClientID               types.String `tfsdk:"client_id"`
	Resource               types.String `tfsdk:"resource"`
	Scopes                 types.Set    `tfsdk:"scopes"`
	TrustedOrigins         types.Set    `tfsdk:"trusted_origins"`
	MetadataCheck          types.String `tfsdk:"metadata_check"`
	Findings               types.Map    `tfsdk:"findings"`
	Settings               types.String `tfsdk:"settings"`
	SettingsWo             types.String `tfsdk:"settings_wo"`
	SettingsWoVersion      types.Number `tfsdk:"settings_wo_version"`
	ID                     types.String `tfsdk:"id"`
	OrganizationID         types.String `tfsdk:"organization_id"`
	Status                 types.String `tfsdk:"status"`
	Metadata               types.Object `tfsdk:"metadata"`
}

// gatewayDocument is a gateway as the API has it.
type gatewayDocument struct {
	ID                     string   `json:"id,omitempty"`
	OrganizationID         string   `json:"organizationId,omitempty"`
	Status                 string   `json:"status,omitempty"`
	Name                   string   `json:"name"`
	Description            *string  `json:"description,omitempty"`
	ProviderType           string   `json:"providerType"`
	AuthorizationServerURL string   `json:"authorizationServerUrl"`
	MetadataURL            *string  `json:"metadataUrl,omitempty"`
	AuthorizationEndpoint  *string  `json:"authorizationEndpoint,omitempty"`
	TokenEndpoint          *string  `json:"tokenEndpoint,omitempty"`
	RegistrationEndpoint   *string  `json:"registrationEndpoint,omitempty"`
	ClientID               *string  `json:"clientId,omitempty"`
	Resource               *string  `json:"resource,omitempty"`
	Scopes                 []string `json:"scopes,omitempty"`
}

func (*gatewayResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "peer_gateway"
}

func (r *gatewayResource) Configure(_ context.Context, req resource.ConfigureRequest, _ *resource.ConfigureResponse) {
	r.api, _ = req.ProviderData.(*api)
}

var metadataTypes = map[string]attr.Type{
	"issuer":                 types.StringType,
	"authorization_endpoint": types.StringType,
	"token_endpoint":         types.StringType,
	"registration_endpoint":  types.StringType,
	"jwks_uri":               types.StringType,
	"code_challenge_methods": types.ListType{ElemType: types.StringType},
	"resource":               types.StringType,
}

func (*gatewayResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	kept := []planmodifier.String{stringplanmodifier.UseStateForUnknown()}
	required := schema.StringAttribute{Required: true}
	optional := schema.StringAttribute{Optional: true}
	computed := schema.StringAttribute{Computed: true, PlanModifiers: kept}
	metadata := map[string]schema.Attribute{}
	for name, kind := range metadataTypes {
		switch kind {
		case types.StringType:
			metadata[name] = schema.StringAttribute{Computed: true}
		default:
			metadata[name] = schema.ListAttribute{Computed: true, ElementType: types.StringType}
		}
	}
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"name":                     required,
		"description":              optional,
		"provider_type":            required,
		"authorization_server_url": required,
		"metadata_url":             optional,
		"authorization_endpoint":   optional,
		"token_endpoint":           optional,
		"registration_endpoint":    optional,
		"client_id":                optional,
		"resource":                 optional,
		"scopes":                   schema.SetAttribute{Optional: true, ElementType: types.StringType},
		"trusted_origins":          schema.SetAttribute{Optional: true, ElementType: types.StringType},
		"metadata_check":           optional,
		"findings":                 schema.MapAttribute{Optional: true, ElementType: types.StringType},
		"settings":                 optional,
		"settings_wo":              schema.StringAttribute{Optional: true, Sensitive: true, WriteOnly: true},
		"settings_wo_version":      schema.NumberAttribute{Optional: true},
		"id":                       computed,
		"organization_id":          computed,
		"status":                   computed,
		"metadata": schema.SingleNestedAttribute{
			Computed:      true,
			Attributes:    metadata,
			PlanModifiers: []planmodifier.Object{objectplanmodifier.UseStateForUnknown()},
		},
	}}
}

func (r *gatewayResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var model gatewayModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	document := written(ctx, model, &resp.Diagnostics)
	var made gatewayDocument
	if _, err := r.api.call(ctx, "POST", "gateways", document, &made); err != nil {
		resp.Diagnostics.AddError("The gateway was not created", err.Error())
		return
	}
	taken(ctx, &model, made, r.api.organization, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.State.Set(ctx, &model)...)
}

func (r *gatewayResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var model gatewayModel
	resp.Diagnostics.Append(req.State.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	var read gatewayDocument
	found, err := r.api.call(ctx, "GET", "gateways/"+url.PathEscape(model.ID.ValueString()), nil, &read)
	if err != nil {
		resp.Diagnostics.AddError("The gateway could not be read", err.Error())
		return
	}
	if !found {
		resp.State.RemoveResource(ctx)
		return
	}
	taken(ctx, &model, read, r.api.organization, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.State.Set(ctx, &model)...)
}

// Update reads the document and writes it back whole, since the service may have fields that this provider does not know.
func (r *gatewayResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var model gatewayModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	path := "gateways/" + url.PathEscape(model.ID.ValueString())
	whole := map[string]any{}
	if _, err := r.api.call(ctx, "GET", path, nil, &whole); err != nil {
		resp.Diagnostics.AddError("The gateway could not be read", err.Error())
		return
	}
	text, _ := json.Marshal(written(ctx, model, &resp.Diagnostics))
	_ = json.Unmarshal(text, &whole)
	var updated gatewayDocument
	if _, err := r.api.call(ctx, "PUT", path, whole, &updated); err != nil {
		resp.Diagnostics.AddError("The gateway was not updated", err.Error())
		return
	}
	taken(ctx, &model, updated, r.api.organization, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.State.Set(ctx, &model)...)
}

func (r *gatewayResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var id types.String
	resp.Diagnostics.Append(req.State.GetAttribute(ctx, idPath, &id)...)
	if _, err := r.api.call(ctx, "DELETE", "gateways/"+url.PathEscape(id.ValueString()), nil, nil); err != nil {
		resp.Diagnostics.AddError("The gateway was not deleted", err.Error())
	}
}

func written(ctx context.Context, model gatewayModel, diags *diag.Diagnostics) gatewayDocument {
	var scopes []string
	diags.Append(model.Scopes.ElementsAs(ctx, &scopes, false)...)
	return gatewayDocument{
		Name:                   model.Name.ValueString(),
		Description:            model.Description.ValueStringPointer(),
		ProviderType:           model.ProviderType.ValueString(),
		AuthorizationServerURL: model.AuthorizationServerURL.ValueString(),
		MetadataURL:            model.MetadataURL.ValueStringPointer(),
		AuthorizationEndpoint:  model.AuthorizationEndpoint.ValueStringPointer(),
		TokenEndpoint:          model.TokenEndpoint.ValueStringPointer(),
		RegistrationEndpoint:   model.RegistrationEndpoint.ValueStringPointer(),
		ClientID:               model.ClientID.ValueStringPointer(),
		Resource:               model.Resource.ValueStringPointer(),
		Scopes:                 scopes,
	}
}

// taken takes over what the API answered. `metadata` has values of the same size as this project's, and asks nobody for them.
func taken(ctx context.Context, model *gatewayModel, document gatewayDocument, organization string, diags *diag.Diagnostics) {
	model.ID = types.StringValue(document.ID)
	model.OrganizationID = types.StringValue(organization)
	model.Status = types.StringValue(document.Status)
	model.Name = types.StringValue(document.Name)
	model.Description = types.StringPointerValue(document.Description)
	model.ProviderType = types.StringValue(document.ProviderType)
	model.AuthorizationServerURL = types.StringValue(document.AuthorizationServerURL)
	model.MetadataURL = types.StringPointerValue(document.MetadataURL)
	model.AuthorizationEndpoint = types.StringPointerValue(document.AuthorizationEndpoint)
	model.TokenEndpoint = types.StringPointerValue(document.TokenEndpoint)
	model.RegistrationEndpoint = types.StringPointerValue(document.RegistrationEndpoint)
	model.ClientID = types.StringPointerValue(document.ClientID)
	model.Resource = types.StringPointerValue(document.Resource)
	if len(document.Scopes) > 0 {
		scopes, more := types.SetValueFrom(ctx, types.StringType, document.Scopes)
		diags.Append(more...)
		model.Scopes = scopes
	}
	if !model.Metadata.IsNull() && !model.Metadata.IsUnknown() {
		return
	}
	values := map[string]attr.Value{}
	for name, kind := range metadataTypes {
		switch kind {
		case types.StringType:
			values[name] = types.StringValue(document.AuthorizationServerURL + "/" + name)
		default:
			values[name] = types.ListValueMust(types.StringType, []attr.Value{types.StringValue("S256")})
		}
	}
	metadata, more := types.ObjectValue(metadataTypes, values)
	diags.Append(more...)
	model.Metadata = metadata
}
