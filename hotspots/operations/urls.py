"""Addresses of campaigns and operations."""

from django.urls import path

from hotspots.operations.views import campaigns, operations

app_name = "operations"
urlpatterns = [
    path("campaigns", campaigns.show_campaigns, name="campaigns"),
    path("campaigns/open", campaigns.open_campaign, name="open_campaign"),
    path("campaigns/<uuid:pk>", campaigns.show_campaign, name="campaign"),
    path("campaigns/<uuid:pk>/correct", campaigns.correct_campaign, name="correct_campaign"),
    path("campaigns/<uuid:pk>/operations", campaigns.show_campaign_operations, name="campaign_operations"),
    path("campaigns/<uuid:pk>/operations/record", operations.record_past_operation, name="record_past_operation"),
    path("operations", operations.show_operations, name="operations"),
    path("operations/<uuid:pk>", operations.show_operation, name="operation"),
    path("operations/<uuid:pk>/correct", operations.correct_operation, name="correct_operation"),
]
