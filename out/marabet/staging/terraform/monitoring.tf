# marabet/staging, written by cachewright: change the definition, not this file.

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = "marabet-redis-simple"

  dashboard_body = jsonencode({
    widgets = [
      {
        height = 1
        properties = {
          markdown = "# marabet-redis-simple (marabet/staging, staging)"
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
              "marabet-redis-simple-001",
              "CacheNodeId",
              "0001",
            ],
            [".", ".", ".", "marabet-redis-simple-002", ".", "."],
          ]
          period  = 60
          region  = "eu-west-1"
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
              "marabet-redis-simple-001",
            ],
            [".", ".", ".", "marabet-redis-simple-002"],
          ]
          period  = 60
          region  = "eu-west-1"
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
                value = 100000000
              },
            ]
          }
          metrics = [
            [
              "AWS/ElastiCache",
              "FreeableMemory",
              "CacheClusterId",
              "marabet-redis-simple-001",
              "CacheNodeId",
              "0001",
            ],
            [".", ".", ".", "marabet-redis-simple-002", ".", "."],
          ]
          period  = 60
          region  = "eu-west-1"
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
                value = 36800
              },
            ]
          }
          metrics = [
            [
              "AWS/ElastiCache",
              "CurrConnections",
              "CacheClusterId",
              "marabet-redis-simple-001",
              "CacheNodeId",
              "0001",
            ],
            [".", ".", ".", "marabet-redis-simple-002", ".", "."],
          ]
          period  = 60
          region  = "eu-west-1"
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
            ["AWS/ElastiCache", "ReplicationLag", "CacheClusterId", "marabet-redis-simple-001"],
            [".", ".", ".", "marabet-redis-simple-002"],
          ]
          period  = 60
          region  = "eu-west-1"
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
              "marabet-redis-simple-001",
            ],
            [".", ".", ".", "marabet-redis-simple-002"],
          ]
          period  = 60
          region  = "eu-west-1"
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
                value = 24
              },
            ]
          }
          metrics = [
            [
              "AWS/ElastiCache",
              "CPUCreditBalance",
              "CacheClusterId",
              "marabet-redis-simple-001",
              "CacheNodeId",
              "0001",
            ],
            [".", ".", ".", "marabet-redis-simple-002", ".", "."],
          ]
          period  = 300
          region  = "eu-west-1"
          stacked = false
          stat    = "Average"
          title   = "CPUCreditBalance"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 0
        y     = 13
      },
    ]
  })
}
