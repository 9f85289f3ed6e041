# air-discovery/prod, written by cachewright: change the definition, not this file.

resource "aws_sns_topic" "alerts" {
  name              = "air-discovery-redis-prod-alerts"
  kms_master_key_id = aws_kms_key.cache.arn
}

resource "aws_sns_topic_policy" "alerts" {
  arn = aws_sns_topic.alerts.arn

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "CloudWatchTellsOfAlarms"
        Effect = "Allow"
        Principal = {
          Service = "cloudwatch.amazonaws.com"
        }
        Action   = "sns:Publish"
        Resource = aws_sns_topic.alerts.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.current.account_id
          }
        }
      },
    ]
  })
}

resource "aws_sns_topic" "pages" {
  name              = "air-discovery-redis-prod-pages"
  kms_master_key_id = aws_kms_key.cache.arn
}

resource "aws_sns_topic_policy" "pages" {
  arn = aws_sns_topic.pages.arn

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "CloudWatchTellsOfAlarms"
        Effect = "Allow"
        Principal = {
          Service = "cloudwatch.amazonaws.com"
        }
        Action   = "sns:Publish"
        Resource = aws_sns_topic.pages.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.current.account_id
          }
        }
      },
    ]
  })
}

resource "aws_cloudwatch_metric_alarm" "cpu" {
  alarm_name        = "air-discovery-redis-prod-EngineCPUUtilization"
  alarm_description = "air-discovery-redis-prod: CPUUtilization above 40 % for 5 minutes. Commands wait for the core that runs them. The engine runs on one core: 80 % of it is 40 % of a host with 2 vCPUs."

  evaluation_periods  = 5
  datapoints_to_alarm = 5
  threshold           = 40
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]

  metric_query {
    id          = "worst"
    expression  = "MAX(METRICS())"
    return_data = true
  }

  metric_query {
    id          = "m1"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "CPUUtilization"

      dimensions = {
        CacheClusterId = "air-discovery-redis-prod-001"
        CacheNodeId    = "0001"
      }

      period = 60
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m2"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "CPUUtilization"

      dimensions = {
        CacheClusterId = "air-discovery-redis-prod-002"
        CacheNodeId    = "0001"
      }

      period = 60
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m3"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "CPUUtilization"

      dimensions = {
        CacheClusterId = "air-discovery-redis-prod-003"
        CacheNodeId    = "0001"
      }

      period = 60
      stat   = "Average"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "memory" {
  alarm_name        = "air-discovery-redis-prod-DatabaseMemoryUsagePercentage"
  alarm_description = "air-discovery-redis-prod: DatabaseMemoryUsagePercentage above 90 % for 2 minutes. Memory runs out: keys are evicted, or writes are refused."

  evaluation_periods  = 2
  datapoints_to_alarm = 2
  threshold           = 90
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]

  metric_query {
    id          = "worst"
    expression  = "MAX(METRICS())"
    return_data = true
  }

  metric_query {
    id          = "m1"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "DatabaseMemoryUsagePercentage"

      dimensions = {
        CacheClusterId = "air-discovery-redis-prod-001"
      }

      period = 60
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m2"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "DatabaseMemoryUsagePercentage"

      dimensions = {
        CacheClusterId = "air-discovery-redis-prod-002"
      }

      period = 60
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m3"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "DatabaseMemoryUsagePercentage"

      dimensions = {
        CacheClusterId = "air-discovery-redis-prod-003"
      }

      period = 60
      stat   = "Average"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "freeable_memory" {
  alarm_name        = "air-discovery-redis-prod-FreeableMemory"
  alarm_description = "air-discovery-redis-prod: FreeableMemory below 74000000 bytes for 5 minutes. The host has hardly any memory left and may begin to swap. A twentieth of what so small a node has."

  evaluation_periods  = 5
  datapoints_to_alarm = 5
  threshold           = 74000000
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]

  metric_query {
    id          = "worst"
    expression  = "MIN(METRICS())"
    return_data = true
  }

  metric_query {
    id          = "m1"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "FreeableMemory"

      dimensions = {
        CacheClusterId = "air-discovery-redis-prod-001"
        CacheNodeId    = "0001"
      }

      period = 60
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m2"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "FreeableMemory"

      dimensions = {
        CacheClusterId = "air-discovery-redis-prod-002"
        CacheNodeId    = "0001"
      }

      period = 60
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m3"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "FreeableMemory"

      dimensions = {
        CacheClusterId = "air-discovery-redis-prod-003"
        CacheNodeId    = "0001"
      }

      period = 60
      stat   = "Average"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "connections" {
  alarm_name        = "air-discovery-redis-prod-CurrConnections"
  alarm_description = "air-discovery-redis-prod: CurrConnections above 1000 for a minute. Clients have many connections open: a pool without a bound, or one for each request."

  evaluation_periods  = 1
  datapoints_to_alarm = 1
  threshold           = 1000
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]

  metric_query {
    id          = "worst"
    expression  = "MAX(METRICS())"
    return_data = true
  }

  metric_query {
    id          = "m1"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "CurrConnections"

      dimensions = {
        CacheClusterId = "air-discovery-redis-prod-001"
        CacheNodeId    = "0001"
      }

      period = 60
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m2"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "CurrConnections"

      dimensions = {
        CacheClusterId = "air-discovery-redis-prod-002"
        CacheNodeId    = "0001"
      }

      period = 60
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m3"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "CurrConnections"

      dimensions = {
        CacheClusterId = "air-discovery-redis-prod-003"
        CacheNodeId    = "0001"
      }

      period = 60
      stat   = "Average"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "replication_lag" {
  alarm_name        = "air-discovery-redis-prod-ReplicationLag"
  alarm_description = "air-discovery-redis-prod: ReplicationLag above 10 seconds for 15 minutes. A replica is behind: reads from it are old, and a failover to it loses writes."

  evaluation_periods  = 15
  datapoints_to_alarm = 15
  threshold           = 10
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]

  metric_query {
    id          = "worst"
    expression  = "MAX(METRICS())"
    return_data = true
  }

  metric_query {
    id          = "m1"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "ReplicationLag"

      dimensions = {
        CacheClusterId = "air-discovery-redis-prod-001"
      }

      period = 60
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m2"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "ReplicationLag"

      dimensions = {
        CacheClusterId = "air-discovery-redis-prod-002"
      }

      period = 60
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m3"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "ReplicationLag"

      dimensions = {
        CacheClusterId = "air-discovery-redis-prod-003"
      }

      period = 60
      stat   = "Average"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "primary_link" {
  alarm_name        = "air-discovery-redis-prod-MasterLinkHealthStatus"
  alarm_description = "air-discovery-redis-prod: MasterLinkHealthStatus below 1 for 2 minutes. A replica has lost its primary."

  evaluation_periods  = 2
  datapoints_to_alarm = 2
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]

  metric_query {
    id          = "worst"
    expression  = "MIN(METRICS())"
    return_data = true
  }

  metric_query {
    id          = "m1"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "MasterLinkHealthStatus"

      dimensions = {
        CacheClusterId = "air-discovery-redis-prod-001"
      }

      period = 60
      stat   = "Minimum"
    }
  }

  metric_query {
    id          = "m2"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "MasterLinkHealthStatus"

      dimensions = {
        CacheClusterId = "air-discovery-redis-prod-002"
      }

      period = 60
      stat   = "Minimum"
    }
  }

  metric_query {
    id          = "m3"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "MasterLinkHealthStatus"

      dimensions = {
        CacheClusterId = "air-discovery-redis-prod-003"
      }

      period = 60
      stat   = "Minimum"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "no_data_001" {
  alarm_name        = "air-discovery-redis-prod-001-NoData"
  alarm_description = "air-discovery-redis-prod-001: no data for 5 minutes. The member is gone, or can't be reached."

  namespace   = "AWS/ElastiCache"
  metric_name = "CurrConnections"

  dimensions = {
    CacheClusterId = "${aws_elasticache_replication_group.this.id}-001"
    CacheNodeId    = "0001"
  }

  statistic = "SampleCount"
  period    = 60

  evaluation_periods  = 5
  datapoints_to_alarm = 5
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]
}

resource "aws_cloudwatch_metric_alarm" "no_data_002" {
  alarm_name        = "air-discovery-redis-prod-002-NoData"
  alarm_description = "air-discovery-redis-prod-002: no data for 5 minutes. The member is gone, or can't be reached."

  namespace   = "AWS/ElastiCache"
  metric_name = "CurrConnections"

  dimensions = {
    CacheClusterId = "${aws_elasticache_replication_group.this.id}-002"
    CacheNodeId    = "0001"
  }

  statistic = "SampleCount"
  period    = 60

  evaluation_periods  = 5
  datapoints_to_alarm = 5
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]
}

resource "aws_cloudwatch_metric_alarm" "no_data_003" {
  alarm_name        = "air-discovery-redis-prod-003-NoData"
  alarm_description = "air-discovery-redis-prod-003: no data for 5 minutes. The member is gone, or can't be reached."

  namespace   = "AWS/ElastiCache"
  metric_name = "CurrConnections"

  dimensions = {
    CacheClusterId = "${aws_elasticache_replication_group.this.id}-003"
    CacheNodeId    = "0001"
  }

  statistic = "SampleCount"
  period    = 60

  evaluation_periods  = 5
  datapoints_to_alarm = 5
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]
}

resource "aws_cloudwatch_metric_alarm" "hit_rate" {
  alarm_name        = "air-discovery-redis-prod-CacheHitRate"
  alarm_description = "air-discovery-redis-prod: CacheHitRate below 80 % for 15 minutes. Reads miss the cache, and whatever is behind it has the load."

  evaluation_periods  = 3
  datapoints_to_alarm = 3
  threshold           = 80
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]

  metric_query {
    id          = "worst"
    expression  = "MIN(METRICS())"
    return_data = true
  }

  metric_query {
    id          = "m1"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "CacheHitRate"

      dimensions = {
        CacheClusterId = "air-discovery-redis-prod-001"
      }

      period = 300
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m2"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "CacheHitRate"

      dimensions = {
        CacheClusterId = "air-discovery-redis-prod-002"
      }

      period = 300
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m3"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "CacheHitRate"

      dimensions = {
        CacheClusterId = "air-discovery-redis-prod-003"
      }

      period = 300
      stat   = "Average"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "cpu_credits" {
  alarm_name        = "air-discovery-redis-prod-CPUCreditBalance"
  alarm_description = "air-discovery-redis-prod: CPUCreditBalance below 24 for 15 minutes. The node has used its CPU credits; from here on it is slow, or costs more. What the node earns in an hour."

  evaluation_periods  = 3
  datapoints_to_alarm = 3
  threshold           = 24
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]

  metric_query {
    id          = "worst"
    expression  = "MIN(METRICS())"
    return_data = true
  }

  metric_query {
    id          = "m1"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "CPUCreditBalance"

      dimensions = {
        CacheClusterId = "air-discovery-redis-prod-001"
        CacheNodeId    = "0001"
      }

      period = 300
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m2"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "CPUCreditBalance"

      dimensions = {
        CacheClusterId = "air-discovery-redis-prod-002"
        CacheNodeId    = "0001"
      }

      period = 300
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m3"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "CPUCreditBalance"

      dimensions = {
        CacheClusterId = "air-discovery-redis-prod-003"
        CacheNodeId    = "0001"
      }

      period = 300
      stat   = "Average"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "authentication" {
  alarm_name        = "air-discovery-redis-prod-AuthenticationFailures"
  alarm_description = "air-discovery-redis-prod: AuthenticationFailures above 0 for a minute. Somebody logs in with a wrong token or password."

  evaluation_periods  = 1
  datapoints_to_alarm = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]

  metric_query {
    id          = "worst"
    expression  = "MAX(METRICS())"
    return_data = true
  }

  metric_query {
    id          = "m1"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "AuthenticationFailures"

      dimensions = {
        CacheClusterId = "air-discovery-redis-prod-001"
      }

      period = 60
      stat   = "Sum"
    }
  }

  metric_query {
    id          = "m2"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "AuthenticationFailures"

      dimensions = {
        CacheClusterId = "air-discovery-redis-prod-002"
      }

      period = 60
      stat   = "Sum"
    }
  }

  metric_query {
    id          = "m3"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "AuthenticationFailures"

      dimensions = {
        CacheClusterId = "air-discovery-redis-prod-003"
      }

      period = 60
      stat   = "Sum"
    }
  }
}

resource "aws_cloudwatch_composite_alarm" "unwell" {
  alarm_name        = "air-discovery-redis-prod-unwell"
  alarm_description = "air-discovery-redis-prod is unwell: one of the alarms that can't wait went off. The dashboard shows which, the runbook what to do."
  alarm_rule        = "ALARM(\"${aws_cloudwatch_metric_alarm.cpu.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.memory.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.primary_link.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.no_data_001.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.no_data_002.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.no_data_003.alarm_name}\")"
  alarm_actions     = [aws_sns_topic.pages.arn]
  ok_actions        = [aws_sns_topic.pages.arn]
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = "air-discovery-redis-prod"

  dashboard_body = jsonencode({
    widgets = [
      {
        height = 1
        properties = {
          markdown = "# air-discovery-redis-prod (air-discovery/prod, production)"
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
                value = 40
              },
            ]
          }
          metrics = [
            [
              "AWS/ElastiCache",
              "CPUUtilization",
              "CacheClusterId",
              "air-discovery-redis-prod-001",
              "CacheNodeId",
              "0001",
            ],
            [".", ".", ".", "air-discovery-redis-prod-002", ".", "."],
            [".", ".", ".", "air-discovery-redis-prod-003", ".", "."],
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
                value = 90
              },
            ]
          }
          metrics = [
            [
              "AWS/ElastiCache",
              "DatabaseMemoryUsagePercentage",
              "CacheClusterId",
              "air-discovery-redis-prod-001",
            ],
            [".", ".", ".", "air-discovery-redis-prod-002"],
            [".", ".", ".", "air-discovery-redis-prod-003"],
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
              "air-discovery-redis-prod-001",
              "CacheNodeId",
              "0001",
            ],
            [".", ".", ".", "air-discovery-redis-prod-002", ".", "."],
            [".", ".", ".", "air-discovery-redis-prod-003", ".", "."],
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
                value = 1000
              },
            ]
          }
          metrics = [
            [
              "AWS/ElastiCache",
              "CurrConnections",
              "CacheClusterId",
              "air-discovery-redis-prod-001",
              "CacheNodeId",
              "0001",
            ],
            [".", ".", ".", "air-discovery-redis-prod-002", ".", "."],
            [".", ".", ".", "air-discovery-redis-prod-003", ".", "."],
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
            ["AWS/ElastiCache", "ReplicationLag", "CacheClusterId", "air-discovery-redis-prod-001"],
            [".", ".", ".", "air-discovery-redis-prod-002"],
            [".", ".", ".", "air-discovery-redis-prod-003"],
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
              "air-discovery-redis-prod-001",
            ],
            [".", ".", ".", "air-discovery-redis-prod-002"],
            [".", ".", ".", "air-discovery-redis-prod-003"],
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
                value = 80
              },
            ]
          }
          metrics = [
            ["AWS/ElastiCache", "CacheHitRate", "CacheClusterId", "air-discovery-redis-prod-001"],
            [".", ".", ".", "air-discovery-redis-prod-002"],
            [".", ".", ".", "air-discovery-redis-prod-003"],
          ]
          period  = 300
          region  = "us-east-1"
          stacked = false
          stat    = "Average"
          title   = "CacheHitRate"
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
              "air-discovery-redis-prod-001",
              "CacheNodeId",
              "0001",
            ],
            [".", ".", ".", "air-discovery-redis-prod-002", ".", "."],
            [".", ".", ".", "air-discovery-redis-prod-003", ".", "."],
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
            [
              "AWS/ElastiCache",
              "AuthenticationFailures",
              "CacheClusterId",
              "air-discovery-redis-prod-001",
            ],
            [".", ".", ".", "air-discovery-redis-prod-002"],
            [".", ".", ".", "air-discovery-redis-prod-003"],
          ]
          period  = 60
          region  = "us-east-1"
          stacked = false
          stat    = "Sum"
          title   = "AuthenticationFailures"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 16
        y     = 13
      },
    ]
  })
}
