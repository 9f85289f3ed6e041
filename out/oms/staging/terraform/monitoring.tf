# oms/staging, written by cachewright: change the definition, not this file.

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = "oms-redis-staging"

  dashboard_body = jsonencode({
    widgets = [
      {
        height = 1
        properties = {
          markdown = "# oms-redis-staging (oms/staging, staging)"
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
              "oms-redis-staging-001",
              "CacheNodeId",
              "0001",
            ],
            [".", ".", ".", "oms-redis-staging-002", ".", "."],
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
              "oms-redis-staging-001",
            ],
            [".", ".", ".", "oms-redis-staging-002"],
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
      {
        height = 6
        properties = {
          annotations = {
            horizontal = [
              {
                label = "alarm"
                value = 74000000
              },
            ]
          }
          metrics = [
            [
              "AWS/ElastiCache",
              "FreeableMemory",
              "CacheClusterId",
              "oms-redis-staging-001",
              "CacheNodeId",
              "0001",
            ],
            [".", ".", ".", "oms-redis-staging-002", ".", "."],
          ]
          period  = 60
          region  = "us-east-1"
          stacked = false
          stat    = "Average"
          title   = "FreeableMemory"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 16
        y     = 1
      },
      {
        height = 6
        properties = {
          annotations = {
            horizontal = [
              {
                label = "alarm"
                value = 52000
              },
            ]
          }
          metrics = [
            [
              "AWS/ElastiCache",
              "CurrConnections",
              "CacheClusterId",
              "oms-redis-staging-001",
              "CacheNodeId",
              "0001",
            ],
            [".", ".", ".", "oms-redis-staging-002", ".", "."],
          ]
          period  = 60
          region  = "us-east-1"
          stacked = false
          stat    = "Average"
          title   = "CurrConnections"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 0
        y     = 7
      },
      {
        height = 6
        properties = {
          annotations = {
            horizontal = [
              {
                label = "alarm"
                value = 10
              },
            ]
          }
          metrics = [
            ["AWS/ElastiCache", "ReplicationLag", "CacheClusterId", "oms-redis-staging-001"],
            [".", ".", ".", "oms-redis-staging-002"],
          ]
          period  = 60
          region  = "us-east-1"
          stacked = false
          stat    = "Average"
          title   = "ReplicationLag"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 8
        y     = 7
      },
      {
        height = 6
        properties = {
          annotations = {
            horizontal = [
              {
                label = "alarm"
                value = 1
              },
            ]
          }
          metrics = [
            [
              "AWS/ElastiCache",
              "MasterLinkHealthStatus",
              "CacheClusterId",
              "oms-redis-staging-001",
            ],
            [".", ".", ".", "oms-redis-staging-002"],
          ]
          period  = 60
          region  = "us-east-1"
          stacked = false
          stat    = "Minimum"
          title   = "MasterLinkHealthStatus"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 16
        y     = 7
      },
      {
        height = 6
        properties = {
          annotations = {
            horizontal = [
              {
                label = "alarm"
                value = 0
              },
            ]
          }
          metrics = [
            ["AWS/ElastiCache", "Evictions", "CacheClusterId", "oms-redis-staging-001"],
            [".", ".", ".", "oms-redis-staging-002"],
          ]
          period  = 60
          region  = "us-east-1"
          stacked = false
          stat    = "Sum"
          title   = "Evictions"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 0
        y     = 13
      },
      {
        height = 6
        properties = {
          annotations = {
            horizontal = [
              {
                label = "alarm"
                value = 24
              },
            ]
          }
          metrics = [
            [
              "AWS/ElastiCache",
              "CPUCreditBalance",
              "CacheClusterId",
              "oms-redis-staging-001",
              "CacheNodeId",
              "0001",
            ],
            [".", ".", ".", "oms-redis-staging-002", ".", "."],
          ]
          period  = 300
          region  = "us-east-1"
          stacked = false
          stat    = "Average"
          title   = "CPUCreditBalance"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 8
        y     = 13
      },
    ]
  })
}
