# air-discovery/dev, written by cachewright: change the definition, not this file.

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = "air-discovery-redis-dev"

  dashboard_body = jsonencode({
    widgets = [
      {
        height = 1
        properties = {
          markdown = "# air-discovery-redis-dev (air-discovery/dev, development)"
        }
        type  = "text"
        width = 24
        x     = 0
        y     = 0
      },
      {
        height = 6
        properties = {
          annotations = {
            horizontal = [
              {
                label = "alarm"
                value = 45
              },
            ]
          }
          metrics = [
            [
              "AWS/ElastiCache",
              "CPUUtilization",
              "CacheClusterId",
              "air-discovery-redis-dev-001",
              "CacheNodeId",
              "0001",
            ],
          ]
          period  = 60
          region  = "us-east-1"
          stacked = false
          stat    = "Average"
          title   = "EngineCPUUtilization"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 0
        y     = 1
      },
      {
        height = 6
        properties = {
          annotations = {
            horizontal = [
              {
                label = "alarm"
                value = 80
              },
            ]
          }
          metrics = [
            [
              "AWS/ElastiCache",
              "DatabaseMemoryUsagePercentage",
              "CacheClusterId",
              "air-discovery-redis-dev-001",
            ],
          ]
          period  = 60
          region  = "us-east-1"
          stacked = false
          stat    = "Average"
          title   = "DatabaseMemoryUsagePercentage"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 8
        y     = 1
      },
    ]
  })
}
